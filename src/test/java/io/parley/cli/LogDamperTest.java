package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class LogDamperTest {

    private final HandClock clock = new HandClock();
    private final LogDamper damper = new LogDamper(clock);
    private final LoggerContext context = new LoggerContext();

    private long passed(String logger, Level level, int lines) {
        long passed = 0;
        for (int i = 0; i < lines; i++) {
            FilterReply reply = damper.decide(null, context.getLogger(logger), level, "a line", null, null);
            passed += reply == FilterReply.NEUTRAL ? 1 : 0;
        }
        return passed;
    }

    @Test
    void aLibrarysStormIsCutToSomeLinesASecondAndComesBackInTheNext() {
        assertThat(passed("io.vertx.core", Level.ERROR, 7_000)).isEqualTo(LogDamper.LINES_A_SECOND);
        assertThat(passed("io.netty", Level.WARN, 1)).isEqualTo(1);
        clock.now = clock.now.plusSeconds(1);
        assertThat(passed("io.vertx.core", Level.ERROR, 7_000)).isEqualTo(LogDamper.LINES_A_SECOND);
    }

    @Test
    void ourOwnLinesAndWhatIsNotAWarningPass() {
        assertThat(passed("io.parley.gateway", Level.ERROR, 1000)).isEqualTo(1000);
        assertThat(passed("io.vertx.core", Level.DEBUG, 1000)).isEqualTo(1000);
    }

    /** Whoever wrote to the bus has been told already; ours with the same sentence would be a bug of ours. */
    @Test
    void aFailedWriteToALostNodeIsNotAnError() {
        IllegalStateException ofTheBus = new IllegalStateException("Promise already completed");
        ofTheBus.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("io.vertx.core.Promise", "fail", "Promise.java", 104),
            new StackTraceElement(
                    "io.vertx.core.eventbus.impl.clustered.OutboundConnection",
                    "writeMessage",
                    "OutboundConnection.java",
                    86)
        });
        assertThat(reply(ofTheBus)).isEqualTo(FilterReply.DENY);
        assertThat(reply(new IllegalStateException("Promise already completed")))
                .isEqualTo(FilterReply.NEUTRAL);
    }

    private FilterReply reply(Throwable failure) {
        return damper.decide(
                null, context.getLogger("io.vertx.core"), Level.ERROR, "Unhandled exception", null, failure);
    }

    private static final class HandClock extends Clock {
        private Instant now = Instant.EPOCH.plusSeconds(1000);

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
