package io.parley.admin;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.parley.metrics.Lag;
import io.parley.metrics.Metrics;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A pulse on every event loop of the node: how late it comes is the loop's lag, and a loop without one for
 * {@link #STUCK} is stuck. The one place that looks past Vert.x at the loops themselves, because a verticle cannot
 * choose its own.
 */
final class EventLoops {

    /** Far beyond what a full garbage collection or a slow turn takes; Vert.x warns about a turn after 2 s. */
    static final Duration STUCK = Duration.ofSeconds(10);

    private static final Duration BEAT = Duration.ofMillis(100);

    private final List<Pulse> pulses = new ArrayList<>();

    static EventLoops watch(Vertx vertx, Metrics metrics) {
        EventLoops loops = new EventLoops();
        for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
            Pulse pulse = new Pulse(metrics.lag(loops.pulses.size()));
            pulse.schedule = loop.scheduleWithFixedDelay(pulse, 0, BEAT.toNanos(), TimeUnit.NANOSECONDS);
            loops.pulses.add(pulse);
        }
        return loops;
    }

    void stop() {
        pulses.forEach(pulse -> pulse.schedule.cancel(false));
    }

    /** Which loops go round; may be asked from any thread. */
    Report report() {
        long now = System.nanoTime();
        Map<String, Boolean> found = new LinkedHashMap<>();
        for (int i = 0; i < pulses.size(); i++) {
            found.put("event_loop_" + i, now - pulses.get(i).beatAt < STUCK.toNanos());
        }
        return new Report(found);
    }

    private static final class Pulse implements Runnable {

        private final Lag lag;
        private ScheduledFuture<?> schedule;
        /** Written by the loop, read by whoever asks. */
        private volatile long beatAt = System.nanoTime();

        private boolean first = true;

        Pulse(Lag lag) {
            this.lag = lag;
        }

        @Override
        public void run() {
            long now = System.nanoTime();
            if (!first) {
                lag.record(Math.max(0, now - beatAt - BEAT.toNanos()));
            }
            first = false;
            beatAt = now;
        }
    }
}
