package io.parley.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * A number that rises and falls, of which several event loops each own a share. They add what changes on their side, so
 * that nobody has to look into another's state. Safe for use by several threads.
 */
public final class Level {

    private final LongAdder sum = new LongAdder();

    Level() {}

    public void rise() {
        sum.increment();
    }

    public void fall() {
        sum.decrement();
    }

    /** For an owner that says from time to time how much it has. */
    public Share share() {
        return new Share();
    }

    double value() {
        return sum.doubleValue();
    }

    /** What one owner has of it; belongs to the owner's event loop. */
    public final class Share {
        private long mine;

        private Share() {}

        public void set(long now) {
            sum.add(now - mine);
            mine = now;
        }
    }
}
