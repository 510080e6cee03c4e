package io.parley.chaos;

import io.parley.protocol.Receipt;
import io.parley.testkit.Ledger;
import io.parley.testkit.Ledger.Entry;
import java.io.PrintWriter;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * When things happened to whom: how long somebody online waited, who came back after which failure and when, and what
 * came out of order without a failure that explains it. Times are milliseconds; all methods on the crowd's thread.
 */
final class Journal implements Ledger.Observer {

    static final long NEVER = Long.MAX_VALUE;

    /** A moment that lies further back is not looked up any more. */
    private static final int PHASES_REMEMBERED = 4;

    /** A message on its way. */
    private static final class Times {
        private final long sent;
        private long receipted = NEVER;

        private Times(long sent) {
            this.sent = sent;
        }
    }

    /** Who somebody's messages come to. */
    interface Whereabouts {
        /** Since when this account has been connected, to a node that is well; {@link #NEVER} while it is not. */
        long since(String person);
    }

    private final Whereabouts whereabouts;
    private final Function<Phase, Long> bound;
    private final PrintWriter events;
    private final Map<Entry, Times> underWay = new HashMap<>();
    private final Map<String, Integer> highest = new HashMap<>();
    private final Map<String, Long> comingBack = new HashMap<>();
    private final Set<String> comingBackOnceLost = new HashSet<>();
    private final List<Phase> phases = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Trouble trouble = new Trouble();
    private long storeBackAt;
    private int unwellPort;
    private int excused;
    private int unanswered;

    /**
     * @param bound   how long somebody online may wait during a phase
     * @param events  gets everything that happened, for whoever must find out why something is wrong
     */
    Journal(Whereabouts whereabouts, Function<Phase, Long> bound, PrintWriter events) {
        this.whereabouts = whereabouts;
        this.bound = bound;
        this.events = events;
        begin(null);
    }

    static long now() {
        return System.nanoTime() / 1_000_000;
    }

    Trouble trouble() {
        return trouble;
    }

    /** What must not be, each in a sentence. */
    List<String> faults() {
        return faults;
    }

    void event(String what, Object whom, Object detail) {
        events.println("time=" + LocalTime.now() + " " + what + ' ' + whom + ' ' + detail);
    }

    void fault(String what) {
        event("FAULT", what, "");
        faults.add("in " + phase() + ": " + what);
    }

    /** Messages that came out of order, and for a reason. */
    int excused() {
        return excused;
    }

    /** A device was given up before it had a receipt. */
    void unanswered() {
        unanswered++;
    }

    int withoutReceipt() {
        return unanswered;
    }

    // What is done.

    /** @param operation null for a time in which nothing is done */
    Phase begin(Operation operation) {
        long now = now();
        if (!phases.isEmpty()) {
            phase().ended = now;
        }
        phases.add(new Phase(operation, now));
        event("begins", phase(), "");
        return phase();
    }

    Phase phase() {
        return phases.get(phases.size() - 1);
    }

    List<Phase> phases() {
        return phases;
    }

    /** Nothing can be stored or drained: nobody can expect what waits. */
    void storeGone() {
        storeBackAt = NEVER;
    }

    void storeBack() {
        storeBackAt = now();
    }

    /** Whoever connects to this node in the present phase is in trouble; 0 for none. */
    void unwell(int port) {
        unwellPort = port;
    }

    /** These lose their node now, or as soon as they notice. */
    void loses(List<String> persons, boolean atOnce) {
        if (atOnce) {
            persons.forEach(each -> comingBack.put(each, now()));
        } else {
            comingBackOnceLost.addAll(persons);
        }
    }

    void lost(String person, Object why) {
        event("lost", person, why);
        trouble.begins(person, "lost");
        if (comingBackOnceLost.remove(person)) {
            comingBack.put(person, now());
        }
    }

    void connected(String person, int port) {
        event("connected", person, port);
        trouble.ends(person, "lost", now());
        // Still here: it went away by itself before its node sent it away.
        comingBackOnceLost.remove(person);
        if (port == unwellPort) {
            trouble.begins(person, phase());
        }
    }

    /** Those who have had no message since they lost their node. */
    Set<String> comingBack() {
        Set<String> all = new HashSet<>(comingBack.keySet());
        all.addAll(comingBackOnceLost);
        return all;
    }

    // What the ledger says.

    @Override
    public void sent(Entry entry) {
        event("sent", entry, "");
        underWay.put(entry, new Times(now()));
    }

    @Override
    public void receipted(Entry entry, Receipt receipt) {
        event("receipted", entry, receipt);
        Times times = underWay.get(entry);
        if (times == null) {
            return;
        }
        if (receipt.status() == Receipt.Status.REFUSED) {
            underWay.remove(entry);
        } else {
            times.receipted = now();
        }
    }

    @Override
    public void shown(Entry entry) {
        event("shown", entry, "");
        Times times = underWay.remove(entry);
        if (times == null) {
            // Refused, and shown all the same: the node could not know how the push ended.
            return;
        }
        checkOrder(entry, times);
        checkWait(entry, times);
        Long lostAt = comingBack.get(entry.to());
        long since = whereabouts.since(entry.to());
        if (lostAt != null && since >= lostAt && since != NEVER) {
            comingBack.remove(entry.to());
            phase().failOvers.add(now() - lostAt);
        }
    }

    private void checkOrder(Entry entry, Times times) {
        String pair = entry.from() + ' ' + entry.to();
        int before = highest.merge(pair, entry.number(), Math::max);
        if (before == entry.number()) {
            return;
        }
        if (trouble.excuses(entry.from(), entry.to(), times.sent)) {
            excused++;
        } else {
            fault(entry + " came after " + before + ", sent " + (now() - times.sent) + " ms ago");
        }
    }

    /**
     * From the moment that the message was promised, or was at a node that is well, and its recipient connected to
     * another.
     */
    private void checkWait(Entry entry, Times times) {
        long atNode = Math.max(times.sent, whereabouts.since(entry.from()));
        long start = Math.max(Math.min(atNode, times.receipted), whereabouts.since(entry.to()));
        start = Math.max(start, storeBackAt);
        long now = now();
        if (start >= now) {
            return;
        }
        long wait = now - start;
        Phase phase = phase();
        if (wait > phase.longestWait) {
            phase.longestWait = wait;
            phase.waited = entry;
        }
        if (wait > allowed(start)) {
            fault(entry + " waited " + wait + " ms for a recipient who was online, more than " + allowed(start));
        }
    }

    /** The longest of all phases since then. */
    private long allowed(long since) {
        return phases.subList(Math.max(0, phases.size() - PHASES_REMEMBERED), phases.size()).stream()
                .filter(phase -> phase.ended >= since)
                .mapToLong(bound::apply)
                .max()
                .orElseThrow();
    }

    /** What is under way and should have come long ago. */
    List<String> overdue() {
        List<String> overdue = new ArrayList<>();
        underWay.forEach((entry, times) -> {
            if (times.receipted != NEVER) {
                overdue.add(entry + " promised " + (now() - times.receipted) + " ms ago");
            }
        });
        return overdue;
    }

    /** A time with or without an operation, and what was measured in it. */
    static final class Phase {
        final Operation operation;
        final long begun;
        final List<Long> failOvers = new ArrayList<>();
        final List<String> notes = new ArrayList<>();
        private long ended = NEVER;
        private long longestWait;
        private Entry waited;

        private Phase(Operation operation, long begun) {
            this.operation = operation;
            this.begun = begun;
        }

        long longestWait() {
            return longestWait;
        }

        /** One line of the printed ledger. */
        String line() {
            List<Long> sorted = failOvers.stream().sorted().toList();
            String back = sorted.isEmpty()
                    ? ""
                    : " fail_over_ms(median/longest of " + sorted.size() + ")=" + sorted.get(sorted.size() / 2) + '/'
                            + sorted.get(sorted.size() - 1);
            return this + ": took_ms=" + (ended - begun) + " longest_wait_online_ms=" + longestWait
                    + (waited == null ? "" : " (" + waited.from() + " to " + waited.to() + ')') + back
                    + (notes.isEmpty() ? "" : ' ' + String.join(" ", notes));
        }

        @Override
        public String toString() {
            return operation == null ? "a quiet time" : operation.toString();
        }
    }
}
