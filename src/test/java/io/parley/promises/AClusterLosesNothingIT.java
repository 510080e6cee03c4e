package io.parley.promises;

import io.parley.chaos.Chaos;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Promises 1 to 5 of three nodes, each a process, while they are killed, stopped, frozen and cut off, Redis is
 * restarted, and their clients move about. {@code -Dparley.seed=…} does the same things again; {@code ./mvnw verify
 * -Pchaos -Dparley.chaos.minutes=10} goes on for longer.
 */
class AClusterLosesNothingIT {

    private static final String MINUTES = "parley.chaos.minutes";

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void whateverIsDoneToItsNodes() {
        Chaos.once(seed());
    }

    @Test
    @Timeout(value = 8, unit = TimeUnit.DAYS)
    @EnabledIfSystemProperty(named = MINUTES, matches = "[1-9][0-9]{0,3}")
    void forAsLongAsAsked() {
        Chaos.lasting(Duration.ofMinutes(Integer.getInteger(MINUTES)), seed());
    }

    private static long seed() {
        return Long.getLong("parley.seed", new SecureRandom().nextLong());
    }
}
