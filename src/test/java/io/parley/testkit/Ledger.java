package io.parley.testkit;

import io.parley.client.Incoming;
import io.parley.client.ParleyClient;
import io.parley.protocol.Receipt;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The books of a test: what was sent, what the node promised about it, and what recipients were shown. The messages
 * from one account to another are numbered from 1, and the number is the text. For any thread.
 */
public final class Ledger {

    /** Shows at most so many of what is wrong. */
    private static final int ENOUGH = 10;

    /** Who writes to whom. */
    private record Pair(String from, String to) {}

    /** One message. */
    public record Entry(String from, String to, int number) {}

    private final Map<Pair, Integer> sent = new HashMap<>();
    private final Map<Pair, List<Integer>> shown = new LinkedHashMap<>();
    private final Set<Entry> everShown = new HashSet<>();
    private final Set<Entry> promised = new HashSet<>();
    /** What was promised and has not been shown yet. */
    private final Set<Entry> owed = new LinkedHashSet<>();

    private final Map<Receipt.Status, Integer> receipts = new EnumMap<>(Receipt.Status.class);
    private final Observer observer;
    private int repeats;

    /** Hears of every entry as it is made, one at a time and in order. */
    public interface Observer {
        default void sent(Entry entry) {}

        default void receipted(Entry entry, Receipt receipt) {}

        /** Called once for each message. */
        default void shown(Entry entry) {}
    }

    public Ledger() {
        this(new Observer() {});
    }

    public Ledger(Observer observer) {
        this.observer = observer;
    }

    /** Sends the next message of the pair, and enters the receipt when it comes. */
    public Future<Receipt> send(ParleyClient sender, String from, String to) {
        Entry entry;
        Future<Receipt> receipt;
        synchronized (this) { // So that numbers go out in order
            entry = next(from, to);
            receipt = sender.send(to, Integer.toString(entry.number()));
        }
        return receipt.onSuccess(answer -> receipted(entry, answer));
    }

    /** For a sender that is not a {@link ParleyClient}. */
    public synchronized Entry next(String from, String to) {
        Entry entry = new Entry(from, to, sent.merge(new Pair(from, to), 1, Integer::sum));
        observer.sent(entry);
        return entry;
    }

    public synchronized void receipted(Entry entry, Receipt receipt) {
        receipts.merge(receipt.status(), 1, Integer::sum);
        observer.receipted(entry, receipt);
        if (receipt.status() != Receipt.Status.REFUSED) {
            promised.add(entry);
            if (!everShown.contains(entry)) {
                owed.add(entry);
            }
        }
    }

    public void shown(String to, Incoming incoming) {
        shown(to, incoming.message().chatFrom(), incoming.message().content());
    }

    public synchronized void shown(String to, String from, String text) {
        int number = Integer.parseInt(text);
        Entry entry = new Entry(from, to, number);
        if (everShown.add(entry)) {
            owed.remove(entry);
            observer.shown(entry);
            shown.computeIfAbsent(new Pair(from, to), pair -> new ArrayList<>()).add(number);
        } else {
            repeats++;
        }
    }

    public synchronized int promises() {
        return promised.size();
    }

    /** Everything that was promised and has not been shown yet, the oldest promise first. */
    public synchronized Set<Entry> owed() {
        return new LinkedHashSet<>(owed);
    }

    /** How many were sent and have no receipt. */
    public synchronized int unanswered() {
        return total() - receipts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private int total() {
        return sent.values().stream().mapToInt(Integer::intValue).sum();
    }

    public synchronized int count(Receipt.Status status) {
        return receipts.getOrDefault(status, 0);
    }

    /** Whether every message that was sent has its receipt. */
    public synchronized boolean isSettled() {
        return sent.values().stream().mapToInt(Integer::intValue).sum()
                == receipts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How often something was shown that had been shown before. */
    public synchronized int repeats() {
        return repeats;
    }

    /** Some of what was promised and not shown. */
    public synchronized List<Entry> missing() {
        return owed.stream().limit(ENOUGH).toList();
    }

    /** Some of what was shown after something that its sender had sent later. */
    public synchronized List<Entry> disordered(Set<String> excusedSenders) {
        List<Entry> disordered = new ArrayList<>();
        shown.forEach((pair, numbers) -> {
            for (int i = 1; i < numbers.size(); i++) {
                if (numbers.get(i) < numbers.get(i - 1) && !excusedSenders.contains(pair.from())) {
                    disordered.add(new Entry(pair.from(), pair.to(), numbers.get(i)));
                }
            }
        });
        return disordered.subList(0, Math.min(ENOUGH, disordered.size()));
    }

    @Override
    public synchronized String toString() {
        return "sent=" + total() + " receipts=" + receipts + " shown=" + everShown.size() + " missing=" + owed.size()
                + " shown_again=" + repeats;
    }
}
