package io.parley.bench;

import io.parley.client.ClientOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
    private final Pages pages;
    private Fleet fleet;

    Idle(Vertx vertx, Load load) {
        this.vertx = vertx;
        this.load = load;
        this.pages = new Pages(vertx, load.where().metrics());
    }

    @Override
    public String progress() {
        return fleet == null ? "connecting" : "connected " + fleet.ready();
    }

    @Override
    public Future<Report> run() {
        List<ClientOptions> options = load.everybody();
        return pages.read()
                .compose(before -> Fleet.open(vertx, options, load.where().sources(), i -> text -> {})
                        .compose(opened -> {
                            fleet = opened;
                            return hold(before);
                        }))
                .eventually(() -> fleet == null ? Future.succeededFuture() : fleet.close());
    }

    private Future<Report> hold(NodeUsage before) {
        return pages.read()
                .compose(connected -> vertx.timer(load.times().duration().toMillis(), TimeUnit.MILLISECONDS)
                        .compose(held -> pages.read())
                        .map(after -> report(before, connected, after)));
    }

    private Report report(NodeUsage before, NodeUsage connected, NodeUsage after) {
        Report.Builder report = new Report.Builder("idle")
                .with("connections", fleet.ready())
                .with("seconds", load.times().duration().toMillis() / 1e3);
        if (!pages.isEmpty()) {
            report.with(
                            "node_cpu_us_a_login",
                            connected.cpuMicrosSince(before) / load.who().connections())
                    .with(
                            "node_cpu_percent_idle",
                            after.cpuMicrosSince(connected)
                                    / load.times().duration().toMillis()
                                    / 10)
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
        return bytes / load.who().connections();
    }
}
