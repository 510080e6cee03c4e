package io.parley.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.MySqlConfig;
import io.parley.dev.RedisServer;
import io.parley.protocol.Receipt;
import io.parley.testkit.Ledger;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One run: three nodes, a crowd, and what is done to them; at the end, or as soon as it must be, what is wrong. */
public final class Chaos implements AutoCloseable {

    private static final int NODES = 3;
    private static final int PERSONS = 8;
    private static final int MESSAGES_A_SECOND = 100;

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration PUSH_TIMEOUT = Duration.ofSeconds(2);
    /** A look at the mailboxes goes round the sessions by whole seconds. */
    private static final Duration ROUND = Duration.ofSeconds(1);
    /** Members tell each other every 3 s that they live; one that has not for 15 s is out. */
    private static final Duration MEMBER_IS_OUT = Duration.ofSeconds(18);
    /** Two cores for three nodes, two stores, this and whatever else runs. */
    private static final Duration BUSY_MACHINE = Duration.ofSeconds(3);

    /** Less than a session waits for one that does not answer, and much more than it takes. */
    private static final Duration FAIL_OVER = Duration.ofMillis(4_900);

    /** Shows at most so many of what is wrong. */
    private static final int ENOUGH = 20;

    private static final Duration FREEZE = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long PAUSE_NANOS = 50_000_000;

    private final long seed;
    private final Plan plan;
    private final RedisServer redis = Services.ownSyncingRedis();
    private final Nodes nodes;
    private final Crowd crowd;

    /** Everything that is needed once, and not more. */
    public static void once(long seed) {
        try (Chaos chaos = new Chaos(seed, Operation.Kind.brief())) {
            chaos.run(Stream.iterate(1, i -> i + 1)
                    .map(i -> i <= chaos.plan.round())
                    .iterator()::next);
        }
    }

    /** Everything, again and again. */
    public static void lasting(Duration duration, long seed) {
        long end = System.nanoTime() + duration.toNanos();
        try (Chaos chaos = new Chaos(seed, EnumSet.allOf(Operation.Kind.class))) {
            chaos.run(() -> System.nanoTime() < end);
        }
    }

    private Chaos(long seed, Set<Operation.Kind> kinds) {
        this.seed = seed;
        this.plan = new Plan(seed, PERSONS, NODES, kinds);
        MySqlConfig mysql = Services.database();
        JsonObject times = new JsonObject()
                .put("heartbeat", HEARTBEAT.toSeconds() + "s")
                .put("pushTimeout", PUSH_TIMEOUT.toSeconds() + "s");
        Path logs = Path.of("target", "chaos");
        this.nodes = new Nodes(NODES, mysql, redis.config(), new JsonObject().put("sessions", times), logs);
        List<String> ids = TestNode.fresh(PERSONS);
        this.crowd = new Crowd(ids, nodes.ports(), plan, Chaos::bound, logs.resolve("crowd.log"));
    }

    /**
     * How long a message may wait for somebody who is online: until its push is given up, and, as the nudge may get
     * lost too, until the next look at the mailbox. While a node hangs, until the cluster puts it out, in addition.
     */
    private static long bound(Journal.Phase phase) {
        Duration usual = PUSH_TIMEOUT.plus(HEARTBEAT).plus(ROUND).plus(BUSY_MACHINE);
        boolean hangs = phase.operation != null && phase.operation.kind().hangs();
        return (hangs ? usual.plus(MEMBER_IS_OUT) : usual).toMillis();
    }

    /**
     * Does one operation after another, each of the kinds once before one comes again.
     *
     * @param more asked before each
     */
    private void run(BooleanSupplier more) {
        say("chaos seed=" + seed + " nodes=" + NODES + " accounts=" + PERSONS + " messages_a_second="
                + MESSAGES_A_SECOND + " heartbeat=" + HEARTBEAT.toSeconds() + "s");
        nodes.begin(crowd.ask(journal -> crowd.ids()));
        awaitTrue("the cluster is whole", nodes::isWhole, () -> "");
        crowd.arrive();
        awaitSettled();
        crowd.begin(MESSAGES_A_SECOND);
        while (more.getAsBoolean()) {
            Operation operation = plan.next();
            Journal.Phase phase = crowd.ask(journal -> journal.begin(operation));
            perform(operation, phase);
            awaitTrue("the cluster is whole again", nodes::isWhole, () -> "");
            awaitSettled();
            awaitCalm();
            crowd.ask(journal -> journal.begin(null));
            say(crowd.ask(journal -> phase.line()));
        }
        crowd.end();
        awaitSettled();
        awaitCalm();
        conclude();
    }

    private void perform(Operation operation, Journal.Phase phase) {
        switch (operation.kind()) {
            case KILL_ANYBODYS -> kill(nodeOf(operation.person()), phase);
            case KILL_OLDEST -> kill(List.of(nodes.oldest()), phase);
            case KILL_TWO -> kill(operation.order().subList(0, 2), phase);
            case TERMINATE -> terminate(operation.node(), phase);
            case ROLL -> operation.order().forEach(node -> terminate(node, phase));
            case FREEZE -> freeze(operation.node(), phase);
            case RESTART_REDIS -> restartRedis(phase);
            case CUT_BUS ->
                troubling(crowd.ask(journal -> crowd.ids()), phase, () -> note(phase, "connections=" + nodes.cutBus()));
        }
    }

    private List<Integer> nodeOf(int person) {
        int node = crowd.ask(journal -> crowd.nodeOf(person));
        return List.of(node);
    }

    private void kill(List<Integer> victims, Journal.Phase phase) {
        List<String> hit = crowd.ask(journal -> {
            victims.forEach(node -> journal.loses(crowd.at(node), true));
            return victims.stream()
                    .flatMap(node -> crowd.hitAt(node).stream())
                    .distinct()
                    .toList();
        });
        troubling(hit, phase, () -> {
            nodes.kill(victims);
            awaitBack();
            start(victims, phase);
        });
    }

    private void terminate(int node, Journal.Phase phase) {
        List<String> hit = crowd.ask(journal -> {
            journal.loses(crowd.at(node), false);
            return crowd.hitAt(node);
        });
        troubling(hit, phase, () -> {
            long before = Journal.now();
            int exit = nodes.terminate(node);
            note(phase, "stop_ms=" + (Journal.now() - before));
            if (exit != 0) {
                crowd.ask(journal -> {
                    journal.fault("exit code " + exit + " of a node that was stopped");
                    return null;
                });
            }
            awaitBack();
            start(List.of(node), phase);
        });
    }

    /** Its time is part of the operation, so this is the one place that waits for time. */
    private void freeze(int node, Journal.Phase phase) {
        List<String> hit = crowd.ask(journal -> {
            journal.loses(crowd.at(node), true);
            return crowd.hitAt(node);
        });
        troubling(hit, phase, () -> {
            nodes.freeze(node);
            crowd.ask(journal -> {
                crowd.hangs(node);
                journal.unwell(nodes.ports().get(node));
                return null;
            });
            long until = System.nanoTime() + FREEZE.toNanos();
            while (System.nanoTime() < until) {
                LockSupport.parkNanos(until - System.nanoTime());
            }
            nodes.thaw(node);
            crowd.ask(journal -> {
                crowd.goesOn(node);
                return null;
            });
            long before = Journal.now();
            awaitTrue("the frozen node is back in the cluster", nodes::isWhole, () -> "");
            note(phase, "whole_again_ms=" + (Journal.now() - before));
            awaitBack();
        });
    }

    private void restartRedis(Journal.Phase phase) {
        troubling(crowd.ask(journal -> crowd.ids()), phase, () -> {
            try {
                crowd.ask(journal -> {
                    journal.storeGone();
                    return null;
                });
                redis.kill();
                redis.restart();
                crowd.ask(journal -> {
                    journal.storeBack();
                    return null;
                });
            } catch (IOException notStarted) {
                throw new IllegalStateException(notStarted);
            }
        });
    }

    private void start(List<Integer> dead, Journal.Phase phase) {
        long before = Journal.now();
        nodes.restart(dead);
        long ready = Journal.now();
        awaitTrue("the node is in the cluster", nodes::isWhole, () -> "");
        note(phase, "start_ms=" + (ready - before) + " whole_ms=" + (Journal.now() - before));
    }

    private void note(Journal.Phase phase, String what) {
        crowd.ask(journal -> phase.notes.add(what));
    }

    /** The order of what these send or get is not held against the nodes, from now until all is calm again. */
    private void troubling(List<String> hit, Journal.Phase phase, Runnable operation) {
        crowd.ask(journal -> {
            hit.forEach(each -> journal.trouble().begins(each, phase));
            return null;
        });
        operation.run();
        awaitCalm();
        crowd.ask(journal -> {
            journal.unwell(0);
            crowd.ids().forEach(each -> journal.trouble().ends(each, phase, Journal.now()));
            return null;
        });
    }

    private void awaitBack() {
        awaitTrue(
                "those who lost their node have a message again",
                () -> crowd.ask(journal -> journal.comingBack().isEmpty()),
                () -> crowd.ask(journal -> journal.comingBack().toString()));
    }

    private void awaitSettled() {
        awaitTrue(
                "everybody is connected",
                () -> crowd.ask(journal -> crowd.unsettled().isEmpty()),
                () -> crowd.ask(journal -> crowd.unsettled().toString()));
    }

    /** What was promised until now arrives. */
    private void awaitCalm() {
        Set<Ledger.Entry> owed = crowd.ledger().owed();
        awaitTrue(
                "what was promised arrives",
                () -> {
                    owed.retainAll(crowd.ledger().owed());
                    return owed.isEmpty();
                },
                () -> crowd.ledger() + " of which " + owed + crowd.ask(Journal::overdue));
    }

    private void conclude() {
        Ledger ledger = crowd.ledger();
        awaitTrue(
                "every send is answered",
                () -> ledger.unanswered() <= crowd.ask(Journal::withoutReceipt),
                ledger::toString);
        Aftermath aftermath = new Aftermath(nodes, redis.config(), crowd.ask(journal -> crowd.ids()));
        aftermath.assertNothingWaitsForThoseOnline();
        crowd.leave();
        say("ledger " + ledger + " without_receipt=" + crowd.ask(Journal::withoutReceipt) + " repeats_on_the_wire="
                + crowd.ask(journal -> crowd.repeatsOnTheWire()) + " shown_twice_by_a_device="
                + crowd.ask(journal -> crowd.shownTwice()) + " out_of_order_for_a_reason="
                + crowd.ask(Journal::excused) + " longest_wait_online_ms="
                + crowd.ask(journal -> journal.phases().stream()
                        .mapToLong(Journal.Phase::longestWait)
                        .max()
                        .orElseThrow()));
        aftermath.assertNobodyIsLockedOut();
        assertFailOverIsQuick();
        List<String> faults = new ArrayList<>(crowd.ask(journal -> List.copyOf(journal.faults())));
        faults.addAll(nodes.errors());
        assertThat(faults.stream().limit(ENOUGH))
                .as("%d faults with seed %d", faults.size(), seed)
                .isEmpty();
        assertThat(ledger.missing()).isEmpty();
        int shownTwice = crowd.ask(journal -> crowd.shownTwice());
        assertThat(shownTwice).isZero();
        assertThat(ledger.count(Receipt.Status.DELIVERED)).isPositive();
        assertThat(ledger.count(Receipt.Status.STORED)).isPositive();
    }

    /** After a kill, and mostly: the machine may have been too busy once. */
    private void assertFailOverIsQuick() {
        List<Long> afterKills = crowd.ask(journal -> journal.phases().stream()
                .filter(phase ->
                        phase.operation != null && phase.operation.kind().kills())
                .flatMap(phase -> phase.failOvers.stream())
                .sorted()
                .toList());
        if (!afterKills.isEmpty()) {
            assertThat(afterKills.get(afterKills.size() / 2))
                    .as("milliseconds to the next message, of %s", afterKills)
                    .isLessThan(FAIL_OVER.toMillis());
        }
    }

    private void awaitTrue(String what, BooleanSupplier condition, Supplier<String> instead) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("seed " + seed + ", in " + crowd.ask(Journal::phase) + ", not after "
                        + PATIENCE.toSeconds() + " s: " + what + ": " + instead.get() + ", faults "
                        + crowd.ask(journal -> List.copyOf(journal.faults())));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    @Override
    public void close() {
        nodes.close();
        crowd.close();
        try {
            redis.stop();
        } catch (IOException left) {
            throw new IllegalStateException(left);
        }
    }
}
