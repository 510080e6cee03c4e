package io.parley.metrics;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** How late the tasks of one event loop run. */
public final class Lag {

    private final Timer timer;

    Lag(Timer timer) {
        this.timer = timer;
    }

    public void record(long nanos) {
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }
}
