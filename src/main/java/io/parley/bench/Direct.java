package io.parley.bench;

import io.parley.client.ClientOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Pairs of connected clients: the first of each writes to the second, which acknowledges. After a warm-up it measures;
 * what is lost, repeated or out of order counts from the first message to the last.
 */
final class Direct implements Scenario {

    private static final int SETTLE_MILLIS = 60_000;

    private final Vertx vertx;
    private final Load load;
    private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
    private final List<Books> books;
    private final List<String> recipients;
    private Fleet senders;
    private boolean sending = true;
    /** Null when each sender sends as fast as its window allows. */
    private Pacer pacer;

    Direct(Vertx vertx, Load load) {
        this.vertx = vertx;
        this.load = load;
        this.books = IntStream.range(0, load.connections() / 2)
                .mapToObj(pair -> new Books(latencies))
                .toList();
        this.recipients = IntStream.range(0, books.size())
                .mapToObj(pair -> load.accounts().get(2 * pair + 1).userId())
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
            from.add(load.options(load.accounts().get(2 * pair), load.first()));
            to.add(load.options(load.accounts().get(2 * pair + 1), load.last()));
        }
        return Fleet.open(vertx, to, load.sources(), pair -> books.get(pair)::arrived)
                .compose(receiving -> Fleet.open(vertx, from, load.sources(), pair -> text -> {})
                        .compose(opened -> {
                            senders = opened;
                            start();
                            return measure();
                        })
                        .eventually(() -> Future.join(senders.close(), receiving.close())));
    }

    private void start() {
        if (load.rate() > 0) {
            pacer = new Pacer(vertx, load.rate(), books.size(), this::sendOrRefuse);
            return;
        }
        for (int pair = 0; pair < books.size(); pair++) {
            for (int i = 0; i < load.window(); i++) {
                send(pair, System.nanoTime());
            }
        }
    }

    private Future<Report> measure() {
        return pause(load.warmup())
                .compose(warm -> Reading.take(vertx, load, this::arrived))
                .compose(begun -> {
                    latencies.reset();
                    return pause(load.duration())
                            .compose(over -> Reading.take(vertx, load, this::arrived))
                            .compose(ended -> settled().map(settled -> report(begun, ended)));
                });
    }

    private Future<Void> pause(Duration time) {
        return time.isZero() ? Future.succeededFuture() : vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean sendOrRefuse(int pair, long dueNanos) {
        if (books.get(pair).sent() - books.get(pair).receipts() >= load.window()) {
            return false;
        }
        send(pair, dueNanos);
        return true;
    }

    private void send(int pair, long dueNanos) {
        Books own = books.get(pair);
        int number = own.sent();
        senders.client(pair)
                .send(recipients.get(pair), own.next(load.payload(), dueNanos))
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

    private Report report(Reading begun, Reading ended) {
        double seconds = ended.secondsSince(begun);
        Report.Builder report = new Report.Builder("direct")
                .with("connections", load.connections())
                .with("window", load.window())
                .with("payload_bytes", load.payload())
                .books(books)
                .with("measured_seconds", seconds)
                .with("messages_a_second", ended.countSince(begun) / seconds)
                .latencies(latencies)
                .with("load_cpu_us_a_message", ended.loadCpuMicrosEach(begun));
        if (pacer != null) {
            report.with("unsent", pacer.unsent());
        }
        if (!load.metrics().isEmpty()) {
            report.with("node_cpu_us_a_message", ended.nodeCpuMicrosEach(begun));
        }
        return report.build();
    }
}
