package io.parley.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** What a class says at info and above while this is open, as {@code "LEVEL sentence"}, each line once. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger;
    private final Level before;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    public LogLines(Class<?> type) {
        logger = (Logger) LoggerFactory.getLogger(type);
        before = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.addAppender(this);
        start();
    }

    /** Waits for the next line. */
    public String next() throws InterruptedException {
        String line = lines.poll(20, TimeUnit.SECONDS);
        assertThat(line).as("a line in the log").isNotNull();
        return line;
    }

    /** What was said and not taken by {@link #next} yet. */
    public List<String> left() {
        List<String> left = new ArrayList<>();
        lines.drainTo(left);
        return left;
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(before);
    }

    @Override
    protected void append(ILoggingEvent event) {
        String trace = event.getThrowableProxy() == null ? "" : " with a stack trace";
        lines.add(event.getLevel() + " " + event.getFormattedMessage() + trace);
    }
}
