package io.parley.bench;

import io.parley.client.ClientOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pairs of connected clients: the first of each writes to the second, which acknowledges. After a warm-up it measures;
 * what is lost, repeated or out of order counts from the first message to the last.
 */
final class Direct implements Scenario {

    private static final int SETTLE_MILLIS = 60_000;

    private final Vertx vertx;
    private final Load load;
    private final Measurement measurement;
    private final List<Books> books;
    private final List<String> recipients;
    private Fleet senders;
    private boolean sending = true;
    /** Null when each sender sends as fast as its window allows. */
    private Pacer pacer;

    Direct(Vertx vertx, Load load) {
        this.vertx = vertx;
        this.load = load;
        this.measurement = new Measurement(vertx, load, this::arrived);
        this.books = IntStream.range(0, load.who().connections() / 2)
                .mapToObj(pair -> new Books(measurement.latencies()))
                .toList();
        this.recipients = IntStream.range(0, books.size())
                .mapToObj(pair -> load.who().accounts().get(2 * pair + 1).userId())
                .toList();
    }

    @Override
    public String progress() {
        return "arrived " + arrived();
    }

    @Override
    public Future<Report> run() {
        List<ClientOptions> from = new ArrayList<>();
        List<ClientOptions> to = new ArrayList<>();
        for (int pair = 0; pair < books.size(); pair++) {
            from.add(load.options(
                    load.who().accounts().get(2 * pair), load.where().first()));
            to.add(load.options(
                    load.who().accounts().get(2 * pair + 1), load.where().last()));
        }
        List<String> sources = load.where().sources();
        return measurement
                .prepare()
                .compose(prepared -> Fleet.open(vertx, to, sources, pair -> books.get(pair)::arrived))
                .compose(receiving -> Fleet.open(vertx, from, sources, pair -> text -> {})
                        .compose(this::send)
                        .eventually(receiving::close));
    }

    private Future<Report> send(Fleet opened) {
        senders = opened;
        start();
        return measurement
                .run()
                .compose(measured -> settled())
                .map(settled -> report())
                .eventually(senders::close);
    }

    private void start() {
        if (load.traffic().rate() > 0) {
            pacer = new Pacer(vertx, load.traffic().rate(), books.size(), this::sendOrRefuse);
            return;
        }
        for (int pair = 0; pair < books.size(); pair++) {
            for (int i = 0; i < load.traffic().window(); i++) {
                send(pair, System.nanoTime());
            }
        }
    }

    private boolean sendOrRefuse(int pair, long dueNanos) {
        if (books.get(pair).sent() - books.get(pair).receipts()
                >= load.traffic().window()) {
            return false;
        }
        send(pair, dueNanos);
        return true;
    }

    private void send(int pair, long dueNanos) {
        Books own = books.get(pair);
        int number = own.sent();
        senders.client(pair)
                .send(recipients.get(pair), own.next(load.traffic().payload(), dueNanos))
                .onSuccess(receipt -> {
                    own.receipted(number, receipt);
                    if (sending && pacer == null) {
                        send(pair, System.nanoTime());
                    }
                });
    }

    private long arrived() {
        long sum = 0;
        for (Books each : books) {
            sum += each.arrived();
        }
        return sum;
    }

    private Future<Void> settled() {
        sending = false;
        if (pacer != null) {
            pacer.stop();
        }
        return Settling.until(vertx, SETTLE_MILLIS, () -> books.stream().allMatch(Books::areComplete));
    }

    private Report report() {
        Report.Builder report = new Report.Builder("direct")
                .with("connections", load.who().connections())
                .with("window", load.traffic().window())
                .with("payload_bytes", load.traffic().payload())
                .books(books);
        measurement.tell(report, "message", "messages");
        if (pacer != null) {
            report.with("unsent", pacer.unsent());
        }
        return report.build();
    }
}
