package io.parley.bench;

import io.parley.client.ClientOptions;
import io.parley.client.ParleyClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Pairs of connected clients: the first of each writes to the second, which acknowledges. */
final class Direct implements Scenario {

    private static final int TICK_MILLIS = 1;
    private static final int SETTLE_MILLIS = 60_000;

    private final Vertx vertx;
    private final Load load;
    private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
    private final List<Books> books;
    private Fleet senders;
    private boolean sending = true;
    /** Of a paced run: what may be sent now, and whose turn it is. */
    private double allowance;

    private int turn;

    Direct(Vertx vertx, Load load) {
        this.vertx = vertx;
        this.load = load;
        this.books = IntStream.range(0, load.connections() / 2)
                .mapToObj(pair -> new Books(latencies))
                .toList();
    }

    @Override
    public String progress() {
        return "arrived " + books.stream().mapToInt(Books::arrived).sum();
    }

    @Override
    public Future<Report> run() {
        List<ClientOptions> from = new ArrayList<>();
        List<ClientOptions> to = new ArrayList<>();
        for (int pair = 0; pair < books.size(); pair++) {
            from.add(load.options(load.accounts().get(2 * pair), load.first()));
            to.add(load.options(load.accounts().get(2 * pair + 1), load.last()));
        }
        return Fleet.open(vertx, to, pair -> books.get(pair)::arrived)
                .compose(recipients -> Fleet.open(vertx, from, pair -> text -> {})
                        .compose(opened -> {
                            senders = opened;
                            return NodeUsage.read(vertx, load.metrics());
                        })
                        .compose(before -> measure(before))
                        .eventually(() -> Future.join(senders.close(), recipients.close())));
    }

    private Future<Report> measure(NodeUsage before) {
        long begun = System.nanoTime();
        if (load.rate() == 0) {
            IntStream.range(0, books.size())
                    .forEach(pair -> IntStream.range(0, load.window()).forEach(i -> send(pair)));
        }
        long pacer = vertx.setPeriodic(TICK_MILLIS, tick -> pace());
        return vertx.timer(load.duration().toMillis(), TimeUnit.MILLISECONDS)
                .compose(over -> {
                    sending = false;
                    vertx.cancelTimer(pacer);
                    return settled(SETTLE_MILLIS);
                })
                .compose(settled -> NodeUsage.read(vertx, load.metrics()))
                .map(after -> report(after.cpuMicrosSince(before), (System.nanoTime() - begun) / 1e9));
    }

    /** Sends at most what the rate allows, each pair in its turn, none beyond its window. */
    private void pace() {
        if (load.rate() == 0 || !sending) {
            return;
        }
        allowance = Math.min(allowance + load.rate() * TICK_MILLIS / 1e3, load.rate());
        for (int tried = 0; allowance >= 1 && tried < books.size(); tried++) {
            int pair = turn++ % books.size();
            if (books.get(pair).sent() - books.get(pair).receipts() < load.window()) {
                allowance--;
                send(pair);
            }
        }
    }

    private void send(int pair) {
        Books own = books.get(pair);
        int number = own.sent();
        ParleyClient sender = senders.client(pair);
        sender.send(load.accounts().get(2 * pair + 1).userId(), own.next(load.payload()))
                .onSuccess(receipt -> {
                    own.receipted(number, receipt);
                    if (sending && load.rate() == 0) {
                        send(pair);
                    }
                });
    }

    private Future<Void> settled(int millis) {
        return Settling.until(vertx, millis, () -> books.stream().allMatch(Books::areComplete));
    }

    private Report report(double cpuMicros, double seconds) {
        long arrived = books.stream().mapToLong(Books::arrived).sum();
        Report.Builder report = new Report.Builder("direct")
                .with("connections", load.connections())
                .with("window", load.window())
                .with("payload_bytes", load.payload())
                .with("seconds", seconds)
                .books(books)
                .with("messages_a_second", arrived / seconds)
                .latencies(latencies);
        if (!load.metrics().isEmpty()) {
            report.with("node_cpu_us_a_message", cpuMicros / Math.max(1, arrived));
        }
        return report.build();
    }
}
