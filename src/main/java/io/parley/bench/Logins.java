package io.parley.bench;

import io.parley.client.ClientOptions;
import io.parley.client.ParleyClient;
import io.parley.client.TlsNet;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Clients that connect, log in and leave, a few at a time, each with a full TLS handshake. */
final class Logins implements Scenario {

    private final Vertx vertx;
    private final Load load;
    private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
    private final Promise<Void> ended = Promise.promise();
    /** As long as it makes full handshakes; each login sets up TLS for itself where it does not. */
    private final TlsNet shared;

    private boolean logging = true;
    private int turn;
    private int underWay;
    private long failed;

    Logins(Vertx vertx, Load load) {
        this.vertx = vertx;
        this.load = load;
        this.shared = new TlsNet(vertx, options(0)).preferringOpenSsl();
    }

    @Override
    public String progress() {
        return "logins " + latencies.getTotalCount();
    }

    @Override
    public Future<Report> run() {
        // As many at once as the window says, each account in its turn.
        for (int i = 0; i < Math.min(load.window(), load.connections()); i++) {
            next();
        }
        return pause(load.warmup())
                .compose(warm -> NodeUsage.read(vertx, load.metrics()))
                .compose(this::measure)
                .eventually(shared::close);
    }

    private Future<Report> measure(NodeUsage before) {
        long begun = System.nanoTime();
        latencies.reset();
        return pause(load.duration())
                .compose(over -> NodeUsage.read(vertx, load.metrics()))
                .compose(after -> {
                    Report report = report(after.cpuMicrosSince(before), (System.nanoTime() - begun) / 1e9);
                    logging = false;
                    return ended.future().map(report);
                });
    }

    private Future<Void> pause(Duration time) {
        return time.isZero()
                ? Future.succeededFuture()
                : vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
    }

    private ClientOptions options(int login) {
        return load.options(
                load.accounts().get(login % load.connections()),
                load.servers().get(login % load.servers().size()));
    }

    private void next() {
        if (!logging) {
            if (underWay == 0) {
                ended.tryComplete();
            }
            return;
        }
        underWay++;
        ClientOptions options = options(turn++);
        long begun = System.nanoTime();
        ParleyClient client =
                shared.neverResumes() ? new ParleyClient(vertx, options, shared) : new ParleyClient(vertx, options);
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
                .with("measured_seconds", seconds)
                .mustBeZero("failed", failed)
                .with("logins_a_second", logins / seconds)
                .latencies(latencies);
        if (!load.metrics().isEmpty()) {
            report.with("node_cpu_us_a_login", cpuMicros / Math.max(1, logins));
        }
        return report.build();
    }
}
