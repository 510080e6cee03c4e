package io.parley.bench;

import io.parley.client.ClientOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Messages for accounts that are not connected; then these log in and receive them all. */
final class Offline implements Scenario {

    private static final int SETTLE_MILLIS = 60_000;

    private final Vertx vertx;
    private final Load load;
    private final List<Books> books;
    private Fleet senders;

    Offline(Vertx vertx, Load load) {
        this.vertx = vertx;
        this.load = load;
        Histogram waiting = new Histogram(TimeUnit.HOURS.toMicros(1), 2);
        this.books = IntStream.range(0, load.connections() / 2)
                .mapToObj(pair -> new Books(waiting))
                .toList();
    }

    @Override
    public String progress() {
        return "stored " + books.stream().mapToInt(Books::receipts).sum() + ", arrived "
                + books.stream().mapToInt(Books::arrived).sum();
    }

    @Override
    public Future<Report> run() {
        List<ClientOptions> from = options(0, load.first());
        return Fleet.open(vertx, from, pair -> text -> {})
                .compose(opened -> {
                    senders = opened;
                    return NodeUsage.read(vertx, load.metrics());
                })
                .compose(this::store)
                .eventually(() -> senders == null ? Future.succeededFuture() : senders.close());
    }

    private List<ClientOptions> options(int which, ClientOptions.Server server) {
        return IntStream.range(0, books.size())
                .mapToObj(pair -> load.options(load.accounts().get(2 * pair + which), server))
                .toList();
    }

    private Future<Report> store(NodeUsage before) {
        long begun = System.nanoTime();
        for (int pair = 0; pair < books.size(); pair++) {
            for (int i = 0; i < load.window(); i++) {
                send(pair);
            }
        }
        return Settling.until(vertx, Integer.MAX_VALUE, this::areAllStored)
                .compose(stored -> NodeUsage.read(vertx, load.metrics()))
                .compose(between -> replay(before, between, (System.nanoTime() - begun) / 1e9));
    }

    private void send(int pair) {
        Books own = books.get(pair);
        if (own.sent() == load.messages()) {
            return;
        }
        int number = own.sent();
        String to = load.accounts().get(2 * pair + 1).userId();
        senders.client(pair).send(to, own.next(load.payload())).onSuccess(receipt -> {
            own.receipted(number, receipt);
            send(pair);
        });
    }

    private boolean areAllStored() {
        return books.stream().allMatch(each -> each.receipts() == load.messages());
    }

    private Future<Report> replay(NodeUsage before, NodeUsage between, double storing) {
        long begun = System.nanoTime();
        return Fleet.open(vertx, options(1, load.last()), pair -> books.get(pair)::arrived)
                .compose(recipients -> Settling.until(
                                vertx, SETTLE_MILLIS, () -> books.stream().allMatch(Books::areComplete))
                        .compose(settled -> NodeUsage.read(vertx, load.metrics()))
                        .eventually(recipients::close))
                .map(after -> report(before, between, after, storing, (System.nanoTime() - begun) / 1e9));
    }

    private Report report(NodeUsage before, NodeUsage between, NodeUsage after, double storing, double replaying) {
        long messages = Math.max(1, books.stream().mapToLong(Books::arrived).sum());
        Report.Builder report = new Report.Builder("offline")
                .with("recipients", books.size())
                .with("messages_each", load.messages())
                .with("payload_bytes", load.payload())
                .with("storing_seconds", storing)
                .with("replaying_seconds", replaying)
                .books(books);
        if (!load.metrics().isEmpty()) {
            report.with("node_cpu_us_a_message_stored", between.cpuMicrosSince(before) / messages)
                    .with("node_cpu_us_a_message_replayed", after.cpuMicrosSince(between) / messages);
        }
        return report.build();
    }
}
