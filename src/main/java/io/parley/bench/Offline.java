package io.parley.bench;

import io.parley.client.ClientOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Messages for accounts that are not connected; then these log in and receive them all. Both in one run, or the one in
 * this run and the other in a later one, which knows from a {@link Journal} what must arrive.
 */
final class Offline implements Scenario {

    /** Chosen: a node that is still reading its mailboxes has brought something within this time. */
    private static final int SETTLE_MILLIS = 60_000;

    private final Vertx vertx;
    private final Load load;
    private final Pages pages;
    /** Not reported: in a mailbox a message waits for the test, not for the node. */
    private final Latencies waiting = new Latencies();

    /** What the texts of this run begin with, so that what an earlier one left behind is not taken for its own. */
    private String run = UUID.randomUUID().toString().substring(0, 8) + '|';

    private List<String> recipients;
    private List<Books> books;
    private long strangers;

    Offline(Vertx vertx, Load load) {
        this.vertx = vertx;
        this.load = load;
        this.pages = new Pages(vertx, load.where().metrics());
        this.recipients = IntStream.range(0, load.who().connections() / 2)
                .mapToObj(pair -> load.who().accounts().get(2 * pair + 1).userId())
                .toList();
        this.books = recipients.stream().map(each -> new Books(waiting)).toList();
    }

    @Override
    public String progress() {
        return "stored " + receipts() + ", arrived " + arrived();
    }

    @Override
    public Future<Report> run() {
        Report.Builder report = new Report.Builder("offline")
                .with("recipients", recipients.size())
                .with("payload_bytes", load.traffic().payload());
        if (load.journals().replayFrom() != null) {
            return Journal.read(vertx, load.journals().replayFrom())
                    .compose(this::resume)
                    .compose(resumed -> measured(report, "replay", this::replay, this::arrived))
                    .map(replayed -> finished(report));
        }
        Future<Void> stored =
                measured(report, "stor", () -> new Storing(vertx, load, run, recipients, books).run(), this::receipts);
        if (load.journals().storeInto() != null) {
            return stored.compose(done -> journal().write(vertx, load.journals().storeInto()))
                    .map(written -> storedOnly(report));
        }
        return stored.compose(done -> measured(report, "replay", this::replay, this::arrived))
                .map(replayed -> finished(report));
    }

    /** @param verb what the phase does, without the ending */
    private Future<Void> measured(
            Report.Builder report, String verb, Supplier<Future<Void>> phase, Supplier<Long> count) {
        return pages.read().compose(before -> {
            long begun = System.nanoTime();
            return phase.get().compose(done -> pages.read()).map(after -> {
                report.with(verb + "ing_seconds", (System.nanoTime() - begun) / 1e9);
                if (!pages.isEmpty()) {
                    double micros = after.cpuMicrosSince(before) / Math.max(1, count.get());
                    report.with("node_cpu_us_a_message_" + verb + "ed", micros);
                }
                return null;
            });
        });
    }

    private Journal journal() {
        return new Journal(
                run,
                IntStream.range(0, books.size())
                        .mapToObj(pair -> new Journal.Entry(
                                recipients.get(pair), books.get(pair).promised()))
                        .toList());
    }

    private Future<Void> resume(Journal journal) {
        run = journal.run();
        recipients = journal.entries().stream().map(Journal.Entry::recipient).toList();
        books = journal.entries().stream()
                .map(entry -> Books.promised(waiting, entry.promised()))
                .toList();
        return Future.succeededFuture();
    }

    /** With the logins of the recipients, and until their mailboxes are empty. */
    private Future<Void> replay() {
        Map<String, Account> byId =
                load.who().accounts().stream().collect(Collectors.toMap(Account::userId, Function.identity()));
        if (!byId.keySet().containsAll(recipients)) {
            return Future.failedFuture("--accounts has not all of those that the journal has");
        }
        List<ClientOptions> to = recipients.stream()
                .map(each -> load.options(byId.get(each), load.where().last()))
                .toList();
        return Fleet.open(vertx, to, load.where().sources(), pair -> text -> arrived(pair, text))
                .recover(cause -> Future.failedFuture(
                        receipts() + " messages are stored, but the recipients cannot log in: " + cause.getMessage()))
                .compose(fleet -> Settling.until(
                                vertx, SETTLE_MILLIS, () -> books.stream().allMatch(Books::areComplete))
                        .eventually(fleet::close));
    }

    private void arrived(int pair, String text) {
        if (text.startsWith(run)) {
            books.get(pair).arrived(text.substring(run.length()));
        } else {
            strangers++;
        }
    }

    private Report storedOnly(Report.Builder report) {
        return report.with("sent", books.stream().mapToLong(Books::sent).sum())
                .with(
                        "stored",
                        books.stream()
                                .mapToLong(b -> b.promised().cardinality())
                                .sum())
                .mustBeZero(
                        "without_receipt",
                        books.stream().mapToLong(b -> b.sent() - b.receipts()).sum())
                .mustBeZero("refused", books.stream().mapToLong(Books::refused).sum())
                .mustBeZero("not_sent", notSent())
                .build();
    }

    private Report finished(Report.Builder report) {
        report.books(books).with("of_other_runs", strangers);
        return load.journals().replayFrom() == null
                ? report.mustBeZero("not_sent", notSent()).build()
                : report.build();
    }

    private long notSent() {
        return books.stream()
                .mapToLong(b -> load.traffic().messages() - b.sent())
                .sum();
    }

    private long receipts() {
        return books.stream().mapToLong(Books::receipts).sum();
    }

    private long arrived() {
        return books.stream().mapToLong(Books::arrived).sum();
    }
}
