package io.parley.gateway;

import java.util.function.LongSupplier;

/**
 * The time that a gateway's sessions go by: milliseconds of a monotonic clock, as they were when it was last advanced.
 * With each command a session reads it, so that costs no more than reading a field.
 */
final class SessionClock implements LongSupplier {

    private long now;

    SessionClock() {
        advance();
    }

    void advance() {
        now = System.nanoTime() / 1_000_000;
    }

    @Override
    public long getAsLong() {
        return now;
    }
}
