package io.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/** All that is logged in this JVM while this is open, with stack traces; the console is spared meanwhile. */
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger parley = (Logger) LoggerFactory.getLogger("io.parley");
    private final Level rootBefore = root.getLevel();
    private final Level parleyBefore = parley.getLevel();
    private final List<Appender<ILoggingEvent>> spared = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    /** One event; the text ends with the stack trace, if there is one. */
    public record Line(Level level, String logger, String text) {
        public boolean isAtLeast(Level least) {
            return level.isGreaterOrEqual(least);
        }
    }

    /** Parley's own lines down to debug, and the warnings of everybody else. */
    public static CapturedLog ofParley() {
        return new CapturedLog(Level.WARN, Level.DEBUG);
    }

    /** What Parley and its libraries say, down to trace. */
    public static CapturedLog ofEverybody() {
        return new CapturedLog(Level.TRACE, Level.TRACE);
    }

    private CapturedLog(Level everybodys, Level parleys) {
        root.iteratorForAppenders().forEachRemaining(spared::add);
        spared.forEach(root::detachAppender);
        root.addAppender(this);
        start();
        root.setLevel(everybodys);
        parley.setLevel(parleys);
    }

    public synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    /** The texts that begin so. */
    public List<String> lines(String sentence) {
        return lines().stream()
                .map(Line::text)
                .filter(text -> text.startsWith(sentence))
                .toList();
    }

    /** What a person would have to look at. */
    public List<Line> complaints() {
        return lines().stream().filter(line -> line.isAtLeast(Level.WARN)).toList();
    }

    /** Waits until so many lines begin so. */
    public void await(int number, String sentence) {
        await(number, line -> line.text().startsWith(sentence), sentence);
    }

    private synchronized void await(int number, Predicate<Line> wanted, String name) {
        long deadline = System.nanoTime() + RawClient.PATIENCE.toNanos();
        while (lines.stream().filter(wanted).count() < number) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            assertThat(left)
                    .as("milliseconds left to wait for %d x '%s' in %s", number, name, lines)
                    .isPositive();
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                throw new AssertionError("interrupted", interrupted);
            }
        }
    }

    @Override
    protected synchronized void append(ILoggingEvent event) {
        String trace =
                event.getThrowableProxy() == null ? "" : ' ' + ThrowableProxyUtil.asString(event.getThrowableProxy());
        lines.add(new Line(event.getLevel(), event.getLoggerName(), event.getFormattedMessage() + trace));
        notifyAll();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        spared.forEach(root::addAppender);
        root.setLevel(rootBefore);
        parley.setLevel(parleyBefore);
    }
}
