package io.parley.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Marker;

/**
 * Keeps libraries from flooding the log: at most {@value #LINES_A_SECOND} lines a second from one of their loggers, the
 * rest is dropped. Measured (VERTX.md section 1): each bus message that cannot be written to a lost node is an error
 * with a stack trace, 37 MB for 7,000 of them. Logback's own DuplicateMessageFilter would not do: it never lets a
 * message come again, and our sentences are fixed on purpose.
 *
 * <p>Our own lines pass, as we limit them where they are made. Called by every thread that logs, so it is locked, but
 * only for a library's warnings and errors.
 */
public final class LogDamper extends TurboFilter {

    static final int LINES_A_SECOND = 10;

    private final Clock clock;
    private final Map<String, Integer> lines = new HashMap<>();
    private long second;

    public LogDamper() {
        this(Clock.systemUTC());
    }

    LogDamper(Clock clock) {
        this.clock = clock;
    }

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable failure) {
        boolean ours = logger.getName().startsWith("io.parley");
        if (isFailedBusWrite(failure)) {
            return FilterReply.DENY;
        }
        // Without a format logback only asks whether the level is enabled.
        return ours || format == null || !level.isGreaterOrEqual(Level.WARN) || isWithinLimit(logger.getName())
                ? FilterReply.NEUTRAL
                : FilterReply.DENY;
    }

    /**
     * Vert.x throws and logs this for each write to a lost node that fails, after it has told whoever wrote: nothing is
     * wrong but that line.
     */
    private static boolean isFailedBusWrite(Throwable failure) {
        return failure instanceof IllegalStateException
                && "Promise already completed".equals(failure.getMessage())
                && Arrays.stream(failure.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().endsWith(".clustered.OutboundConnection"));
    }

    private synchronized boolean isWithinLimit(String logger) {
        long now = clock.millis() / 1000;
        if (now != second) {
            second = now;
            lines.clear();
        }
        return lines.merge(logger, 1, Integer::sum) <= LINES_A_SECOND;
    }
}
