package io.parley.redis;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long each time up to a limit, and of that a random part between half
 * and all, so that the nodes of a cluster do not come back in step.
 */
final class Backoff {

    private final Duration first;
    private final Duration limit;
    private final RandomGenerator random;
    private Duration next;

    Backoff(Duration first, Duration limit, RandomGenerator random) {
        this.first = first;
        this.limit = limit;
        this.random = random;
        this.next = first;
    }

    Duration next() {
        Duration most = next;
        next = most.multipliedBy(2).compareTo(limit) < 0 ? most.multipliedBy(2) : limit;
        return Duration.ofMillis(Math.round(most.toMillis() * random.nextDouble(0.5, 1)));
    }

    void reset() {
        next = first;
    }
}
