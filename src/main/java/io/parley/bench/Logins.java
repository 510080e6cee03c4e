package io.parley.bench;

import io.parley.client.ClientOptions;
import io.parley.client.ParleyClient;
import io.parley.client.TlsNet;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Clients that connect, log in and leave, a few at a time, each with a full TLS handshake. */
final class Logins implements Scenario {

    private final Vertx vertx;
    private final Load load;
    private final Latencies latencies = new Latencies();
    private final Pages pages;
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
        this.pages = new Pages(vertx, load.where().metrics());
        this.shared = new TlsNet(vertx, options(0)).preferringOpenSsl();
    }

    @Override
    public String progress() {
        return "logins " + turn;
    }

    @Override
    public Future<Report> run() {
        return pages.read()
                .compose(prepared -> {
                    start();
                    return Measurement.pause(vertx, load.times().warmup());
                })
                .compose(warm -> pages.read())
                .compose(this::measure)
                .eventually(shared::close);
    }

    /** As many at once as the window says, each account in its turn. */
    private void start() {
        for (int i = 0; i < Math.min(load.traffic().window(), load.who().connections()); i++) {
            next();
        }
    }

    private Future<Report> measure(NodeUsage before) {
        long begun = System.nanoTime();
        latencies.begin();
        return Measurement.pause(vertx, load.times().duration())
                .compose(over -> pages.read())
                .compose(after -> {
                    latencies.end();
                    Report report = report(after.cpuMicrosSince(before), (System.nanoTime() - begun) / 1e9);
                    logging = false;
                    return ended.future().map(report);
                });
    }

    private ClientOptions options(int login) {
        return load.options(
                load.who().accounts().get(login % load.who().connections()),
                load.where().ofClient(login));
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
                .onSuccess(verified -> latencies.add(System.nanoTime() - begun))
                .onFailure(refused -> failed++)
                .eventually(client::logout)
                .onComplete(left -> {
                    underWay--;
                    next();
                });
    }

    private Report report(double cpuMicros, double seconds) {
        long logins = latencies.count();
        Report.Builder report = new Report.Builder("login")
                .with("logins", logins)
                .with("measured_seconds", seconds)
                .mustBeZero("failed", failed)
                .with("logins_a_second", logins / seconds)
                .latencies(latencies);
        if (!pages.isEmpty()) {
            report.with("node_cpu_us_a_login", cpuMicros / Math.max(1, logins));
        }
        return report.build();
    }
}
