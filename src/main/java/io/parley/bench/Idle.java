package io.parley.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Verified connections that do nothing but answer the heartbeat.
 *
 * <p>Of their memory the page of a node tells two things apart. What lives in its heap it knows from its last full
 * garbage collection, so one must run before the connections are there and one while they are held: {@code jcmd PID
 * GC.run}. What is outside of the heap (OpenSSL, buffers) is the growth of its resident memory, if the heap does not
 * grow: {@code java -Xms1g -Xmx1g -XX:+AlwaysPreTouch}.
 */
final class Idle implements Scenario {

    private final Vertx vertx;
    private final Load load;
    private Fleet fleet;

    Idle(Vertx vertx, Load load) {
        this.vertx = vertx;
        this.load = load;
    }

    @Override
    public String progress() {
        return fleet == null ? "connecting" : "connected " + fleet.ready();
    }

    @Override
    public Future<Report> run() {
        var options = IntStream.range(0, load.connections())
                .mapToObj(i -> load.options(
                        load.accounts().get(i),
                        load.servers().get(i % load.servers().size())))
                .toList();
        return NodeUsage.read(vertx, load.metrics())
                .compose(before -> Fleet.open(vertx, options, load.sources(), i -> text -> {})
                        .compose(opened -> {
                            fleet = opened;
                            return hold(before);
                        }))
                .eventually(() -> fleet == null ? Future.succeededFuture() : fleet.close());
    }

    private Future<Report> hold(NodeUsage before) {
        return NodeUsage.read(vertx, load.metrics())
                .compose(connected -> vertx.timer(load.duration().toMillis(), TimeUnit.MILLISECONDS)
                        .compose(held -> NodeUsage.read(vertx, load.metrics()))
                        .map(after -> report(before, connected, after)));
    }

    private Report report(NodeUsage before, NodeUsage connected, NodeUsage after) {
        Report.Builder report = new Report.Builder("idle")
                .with("connections", fleet.ready())
                .with("seconds", load.duration().toMillis() / 1e3);
        if (!load.metrics().isEmpty()) {
            report.with("node_cpu_us_a_login", connected.cpuMicrosSince(before) / load.connections())
                    .with(
                            "node_cpu_percent_idle",
                            after.cpuMicrosSince(connected) / load.duration().toMillis() / 10)
                    .with(
                            "node_live_heap_bytes_a_connection",
                            perConnection(after.liveHeapBytes() - before.liveHeapBytes()))
                    .with(
                            "node_resident_bytes_a_connection",
                            perConnection(after.residentBytes() - before.residentBytes()));
        }
        return report.build();
    }

    private double perConnection(double bytes) {
        return bytes / load.connections();
    }
}
