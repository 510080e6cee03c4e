package io.parley.bench;

import io.parley.client.ParleyClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Clients that connect, log in with their token, and leave, a few at a time: full TLS handshakes. */
final class Logins implements Scenario {

    private final Vertx vertx;
    private final Load load;
    private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
    private final Promise<Void> ended = Promise.promise();
    private boolean logging = true;
    private int turn;
    private int underWay;
    private long failed;

    Logins(Vertx vertx, Load load) {
        this.vertx = vertx;
        this.load = load;
    }

    @Override
    public String progress() {
        return "logins " + latencies.getTotalCount();
    }

    @Override
    public Future<Report> run() {
        return NodeUsage.read(vertx, load.metrics()).compose(before -> {
            long begun = System.nanoTime();
            // As many at once as the window says, each account in its turn.
            for (int i = 0; i < Math.min(load.window(), load.connections()); i++) {
                next();
            }
            vertx.setTimer(load.duration().toMillis(), over -> logging = false);
            return ended.future()
                    .compose(over -> NodeUsage.read(vertx, load.metrics()))
                    .map(after -> report(after.cpuMicrosSince(before), (System.nanoTime() - begun) / 1e9));
        });
    }

    private void next() {
        if (!logging) {
            if (underWay == 0) {
                ended.tryComplete();
            }
            return;
        }
        underWay++;
        int own = turn++;
        long begun = System.nanoTime();
        ParleyClient client = new ParleyClient(
                vertx,
                load.options(
                        load.accounts().get(own % load.connections()),
                        load.servers().get(own % load.servers().size())));
        client.connect()
                .onSuccess(verified -> latencies.recordValue((System.nanoTime() - begun) / 1_000))
                .onFailure(refused -> failed++)
                .eventually(client::logout)
                .onComplete(left -> {
                    underWay--;
                    next();
                });
    }

    private Report report(double cpuMicros, double seconds) {
        long logins = latencies.getTotalCount();
        Report.Builder report = new Report.Builder("login")
                .with("logins", logins)
                .mustBeZero("failed", failed)
                .with("logins_a_second", logins / seconds)
                .latencies(latencies);
        if (!load.metrics().isEmpty()) {
            report.with("node_cpu_us_a_login", cpuMicros / Math.max(1, logins));
        }
        return report.build();
    }
}
