package io.parley.chaos;

import io.parley.client.ClientOptions;
import io.parley.testkit.Ledger;
import io.parley.testkit.TestNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The accounts that write to each other and move about, all on one event loop of their own: so nothing here is locked,
 * and what happened first is written down first.
 */
final class Crowd implements AutoCloseable, Journal.Whereabouts {

    private static final long TICK_MILLIS = 20;
    private static final long MOVE_MILLIS = 600;

    /** Quick to notice that a node is silent, and to try the next one. */
    private static final ClientOptions.Patience RESTLESS = new ClientOptions.Patience(
            true, Duration.ofMillis(10), Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofSeconds(10), 1_024);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<Integer> ports;
    private final Plan plan;
    private final PrintWriter events;
    private final Journal journal;
    private final Ledger ledger;
    private final List<Person> persons = new ArrayList<>();
    private final Map<String, Person> byId = new HashMap<>();
    private final List<Long> timers = new ArrayList<>();
    private int turn;
    private double due;

    /**
     * @param ids    of the accounts
     * @param ports  of the nodes
     * @param bound  how long somebody online may wait, in a phase
     * @param log    for everything that happens
     */
    Crowd(List<String> ids, List<Integer> ports, Plan plan, Function<Journal.Phase, Long> bound, Path log) {
        this.ports = ports;
        this.plan = plan;
        try {
            this.events = new PrintWriter(Files.newBufferedWriter(log));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        this.journal = new Journal(this, bound, events);
        this.ledger = new Ledger(journal);
        for (String id : ids) {
            Person person = new Person(id, vertx, node -> options(id, node), ledger, journal);
            persons.add(person);
            byId.put(id, person);
        }
    }

    Ledger ledger() {
        return ledger;
    }

    /** Does something on the crowd's event loop, and waits for it. */
    <T> T ask(Function<Journal, T> question) {
        return run(() -> Future.succeededFuture(question.apply(journal)));
    }

    private <T> T run(Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        vertx.runOnContext(
                turn -> Future.succeededFuture().compose(go -> action.get()).onComplete(promise));
        return TestNode.await(promise.future());
    }

    /** A client that begins at this node and knows all the others. */
    private ClientOptions options(String id, int node) {
        ClientOptions options = TestNode.options(ports.get(node), id).with(RESTLESS);
        for (int i = 1; i < ports.size(); i++) {
            options = options.orAt("localhost", ports.get((node + i) % ports.size()));
        }
        return options;
    }

    void arrive() {
        ask(journal -> {
            for (int i = 0; i < persons.size(); i++) {
                persons.get(i).arrive(i % ports.size());
            }
            return null;
        });
    }

    /** Everybody writes to everybody, at this rate in all, and now and then somebody moves to another node. */
    void begin(int messagesASecond) {
        List<int[]> pairs = plan.pairs();
        ask(journal -> {
            timers.add(vertx.setPeriodic(TICK_MILLIS, tick -> {
                for (due += messagesASecond * TICK_MILLIS / 1_000.0; due >= 1; due--) {
                    int[] pair = pairs.get(turn++ % pairs.size());
                    persons.get(pair[0]).writeTo(persons.get(pair[1]).id());
                }
            }));
            timers.add(vertx.setPeriodic(MOVE_MILLIS, tick -> {
                Plan.Move move = plan.nextMove();
                persons.get(move.person()).move(move.node(), move.manner());
            }));
            return null;
        });
    }

    /** Nobody writes or moves any more. */
    void end() {
        ask(journal -> timers.stream().map(vertx::cancelTimer).toList());
    }

    void leave() {
        run(() -> Future.join(persons.stream().map(Person::leave).toList()));
    }

    @Override
    public long since(String person) {
        return byId.get(person).since();
    }

    // On the crowd's event loop only.

    /** Those who are connected to a node, and those who are just changing to or from one. */
    List<String> hitAt(int node) {
        return persons.stream()
                .filter(person -> person.port() == ports.get(node) || !person.isSettled())
                .map(Person::id)
                .toList();
    }

    /** Those who are connected to a node. */
    List<String> at(int node) {
        return persons.stream()
                .filter(person -> person.port() == ports.get(node))
                .map(Person::id)
                .toList();
    }

    /** The node of an account; or any, while it is nowhere. */
    int nodeOf(int person) {
        return Math.max(0, ports.indexOf(persons.get(person).port()));
    }

    void hangs(int node) {
        at(node).forEach(id -> byId.get(id).hangs());
    }

    void goesOn(int node) {
        at(node).forEach(id -> byId.get(id).goesOn());
    }

    List<String> ids() {
        return persons.stream().map(Person::id).toList();
    }

    List<String> unsettled() {
        return persons.stream()
                .filter(person -> !person.isSettled())
                .map(Person::id)
                .toList();
    }

    long repeatsOnTheWire() {
        return persons.stream().mapToLong(Person::repeatsOnTheWire).sum();
    }

    int shownTwice() {
        return persons.stream().mapToInt(Person::shownTwice).sum();
    }

    @Override
    public void close() {
        TestNode.await(vertx.close());
        events.close();
    }
}
