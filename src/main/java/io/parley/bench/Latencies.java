package io.parley.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How long things took, of those that ended while it was measured. Belongs to one event loop. */
final class Latencies {

    private final Histogram micros = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
    private boolean measuring;

    void begin() {
        measuring = true;
    }

    void end() {
        measuring = false;
    }

    void add(long nanos) {
        if (measuring) {
            micros.recordValue(Math.min(nanos / 1_000, micros.getHighestTrackableValue()));
        }
    }

    long count() {
        return micros.getTotalCount();
    }

    long maxMicros() {
        return micros.getMaxValue();
    }

    /** @param percent  how many of a hundred took no longer */
    long micros(double percent) {
        return micros.getValueAtPercentile(percent);
    }
}
