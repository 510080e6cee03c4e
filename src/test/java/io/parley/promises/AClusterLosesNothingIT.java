package io.parley.promises;

import io.parley.chaos.Chaos;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Promises 1 to 5 of three nodes, each a process, while they are killed, stopped, frozen and cut off, Redis is
 * restarted, and their clients move about. {@code -Dparley.seed=…} does the same things again; {@code ./mvnw verify
 * -Pchaos -Dparley.chaos.minutes=10} goes on for longer.
 */
class AClusterLosesNothingIT {

    /** Every kind of operation once. */
    private static final int OPERATIONS = 8;

    private static final String MINUTES = "parley.chaos.minutes";

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void whateverIsDoneToItsNodes() {
        run(Stream.iterate(1, i -> i + 1).map(i -> i <= OPERATIONS).iterator()::next);
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.DAYS)
    @EnabledIfSystemProperty(named = MINUTES, matches = "[1-9][0-9]{0,3}")
    void forAsLongAsAsked() {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Integer.getInteger(MINUTES));
        run(() -> System.nanoTime() < end);
    }

    private static void run(BooleanSupplier more) {
        long seed = Long.getLong("parley.seed", new SecureRandom().nextLong());
        try (Chaos chaos = new Chaos(seed)) {
            chaos.run(more);
        }
    }
}
