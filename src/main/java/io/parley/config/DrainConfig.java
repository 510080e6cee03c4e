package io.parley.config;

import java.time.Duration;

/**
 * How the sessions of a stopping node end, so that their clients do not all come to the other nodes at one moment.
 *
 * @param delay    how long the node still accepts connections, for load balancers to notice first; default 0 s
 * @param rate     sessions ended in a second; default 1000
 * @param timeout  in which time the last one is told at the latest: the pace quickens to fit; default 20 s
 */
public record DrainConfig(Duration delay, int rate, Duration timeout) {

    /** Enough for the last sessions to append what they had in flight, with a Redis that answers. */
    public static final Duration SETTLE_LIMIT = Duration.ofSeconds(10);

    /** For what is left when all is settled: connections to the stores, threads. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    public DrainConfig {
        Keys.DRAIN_DELAY.check(delay);
        Keys.DRAIN_RATE.check(rate);
        Keys.DRAIN_TIMEOUT.check(timeout);
    }

    /** Over which time so many sessions are told. */
    public Duration timeFor(int sessions) {
        Duration atRate = Duration.ofMillis(sessions * 1_000L / rate);
        return atRate.compareTo(timeout) < 0 ? atRate : timeout;
    }

    /** After this time the process ends, whatever is still under way; who stops nodes must wait longer. */
    public Duration longestStop() {
        return delay.plus(timeout).plus(SETTLE_LIMIT).plus(CLOSE_LIMIT);
    }
}
