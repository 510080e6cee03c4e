package io.parley.testkit;

import java.util.Random;

/**
 * A claim about anything: runs a body with many seeds, and names the seed that broke it. Replay one with
 * {@code -Dparley.seed=N}.
 */
public final class Property {

    private Property() {}

    /** A body for one seed; it may throw whatever an assertion throws. */
    @FunctionalInterface
    public interface Body {
        void run(Random random) throws Exception;
    }

    public static void forAll(int runs, Body body) {
        Long replayed = Long.getLong("parley.seed");
        long first = replayed == null ? new Random().nextLong() : replayed;
        for (int i = 0; i < (replayed == null ? runs : 1); i++) {
            long seed = first + i;
            try {
                body.run(new Random(seed));
            } catch (Throwable failure) {
                throw new AssertionError("fails with -Dparley.seed=" + seed + ": " + failure.getMessage(), failure);
            }
        }
    }
}
