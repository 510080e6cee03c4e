package io.parley.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Measures a steady load, without being seen in what it measures: what it costs between two readings, and in a part of
 * that time, in which nothing is read, how long its messages take.
 */
final class Measurement {

    /** Chosen: many times what a node needs to fill its page. */
    private static final Duration CALM = Duration.ofMillis(500);

    private final Vertx vertx;
    private final Load.Times times;
    private final Pages pages;
    private final LongSupplier count;
    private final Latencies latencies = new Latencies();
    private Reading begun;
    private Reading ended;

    /** @param count how many messages have arrived */
    Measurement(Vertx vertx, Load load, LongSupplier count) {
        this.vertx = vertx;
        this.times = load.times();
        this.pages = new Pages(vertx, load.where().metrics());
        this.count = count;
    }

    /** To be called before there is load; fails when a page cannot be read. */
    Future<Void> prepare() {
        return read().mapEmpty();
    }

    /** To be called when the load begins; completes when it may end. */
    Future<Void> run() {
        return pause(vertx, times.warmup())
                .compose(warm -> read())
                .compose(reading -> {
                    begun = reading;
                    return pause(vertx, CALM);
                })
                .compose(calm -> {
                    latencies.begin();
                    return pause(vertx, times.duration());
                })
                .compose(over -> {
                    latencies.end();
                    return read();
                })
                .map(reading -> {
                    ended = reading;
                    return null;
                });
    }

    static Future<Void> pause(Vertx vertx, Duration time) {
        return time.isZero()
                ? Future.succeededFuture()
                : vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
    }

    private Future<Reading> read() {
        return pages.read().map(nodes -> Reading.now(nodes, count.getAsLong()));
    }

    Latencies latencies() {
        return latencies;
    }

    /**
     * Adds the figures to a report.
     *
     * @param each  what was counted, for the names of the figures
     * @param many  the same in the plural
     */
    void tell(Report.Builder report, String each, String many) {
        double seconds = ended.secondsSince(begun);
        report.with("measured_seconds", seconds)
                .with(many + "_a_second", ended.countSince(begun) / seconds)
                .latencies(latencies)
                .with("load_gc_ms", ended.loadGcMillisSince(begun))
                .with("load_cpu_us_a_" + each, ended.loadCpuMicrosEach(begun));
        if (!pages.isEmpty()) {
            report.with("node_cpu_us_a_" + each, ended.nodeCpuMicrosEach(begun));
        }
    }
}
