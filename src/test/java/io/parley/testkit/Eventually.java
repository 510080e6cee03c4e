package io.parley.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what others bring about and nobody announces: looks again and again until it is so. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 5_000_000;

    private Eventually() {}

    /** @param what  for the failure, as in "the mailbox is empty" */
    public static void holds(String what, BooleanSupplier condition) {
        holds(() -> what, condition);
    }

    /** @param what  asked when it failed, so that it can say how far things have come */
    public static void holds(Supplier<String> what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not after " + PATIENCE.toSeconds() + " s: " + what.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
