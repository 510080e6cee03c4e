package io.parley.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: random between the shortest wait and a limit that doubles with each try, so
 * that the clients of a node that went away do not all return at one moment.
 */
final class Backoff {

    private final long fromMillis;
    private final long toMillis;
    private final RandomGenerator random;
    private long limitMillis;

    Backoff(Duration from, Duration to, RandomGenerator random) {
        this.fromMillis = from.toMillis();
        this.toMillis = Math.max(to.toMillis(), fromMillis);
        this.random = random;
        reset();
    }

    /** At least {@code least}, which a node asked for. */
    Duration next(Duration least) {
        limitMillis = Math.min(toMillis, limitMillis * 2);
        long millis = fromMillis + (long) (random.nextDouble() * (limitMillis - fromMillis));
        return Duration.ofMillis(Math.max(millis, least.toMillis()));
    }

    void reset() {
        limitMillis = Math.max(1, fromMillis);
    }
}
