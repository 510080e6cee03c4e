package io.parley.promises;

import io.parley.chaos.Chaos;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Promises 1 to 5 of three nodes, each a process, while they are killed, stopped, frozen and cut off, Redis is
 * restarted, and their clients move about. {@code -Dparley.seed=…} does the same things again; {@code ./mvnw verify
 * -Pchaos -Dparley.chaos.minutes=10} goes on for longer.
 */
class AClusterLosesNothingIT {

    /** Every kind of operation once. */
    private static final int OPERATIONS = 7;

    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void whateverIsDoneToItsNodes() {
        long seed = Long.getLong("parley.seed", new SecureRandom().nextLong());
        try (Chaos chaos = new Chaos(seed)) {
            chaos.run(untilEnd(Integer.getInteger("parley.chaos.minutes", 0)));
        }
    }

    private static BooleanSupplier untilEnd(int minutes) {
        if (minutes == 0) {
            return Stream.iterate(1, i -> i + 1).map(i -> i <= OPERATIONS).iterator()::next;
        }
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        return () -> System.nanoTime() < end;
    }
}
