package io.parley.testkit;

import java.security.SecureRandom;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Checks a claim on many random cases. Each has a seed of its own; a failure names it, and
 * {@code -Dparley.seed=…} runs that one case again.
 */
public final class Property {
    private static final String SEED = "parley.seed";

    private Property() {}

    /** One case, all of whose chances come from {@code random}. */
    public interface Check {
        void on(Random random) throws Exception;
    }

    public static void forAll(int cases, Check check) {
        Long replayed = Long.getLong(SEED);
        if (replayed != null) {
            run(replayed, check);
            return;
        }
        // Neighbouring seeds of Random begin with similar numbers, so they are not simply counted up.
        SplittableRandom seeds = new SplittableRandom(new SecureRandom().nextLong());
        for (int i = 0; i < cases; i++) {
            run(seeds.nextLong(), check);
        }
    }

    private static void run(long seed, Check check) {
        try {
            check.on(new Random(seed));
        } catch (Exception | AssertionError failure) {
            throw new AssertionError("fails with -D" + SEED + "=" + seed + ": " + failure.getMessage(), failure);
        }
    }
}
