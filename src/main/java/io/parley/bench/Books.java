package io.parley.bench;

import io.parley.protocol.Receipt;
import java.util.BitSet;

/**
 * What was sent from one account to another, what the node promised about it, and what arrived. Messages are numbered
 * from 0. Belongs to one event loop.
 */
final class Books {

    private static final char SEPARATOR = ':';

    private final Latencies latencies;
    private final BitSet promised = new BitSet();
    private final BitSet arrived = new BitSet();
    private String padding = "";
    private int sent;
    private int receipts;
    private int refused;
    private int arrivals;
    private int last = -1;
    private int repeated;
    private int disordered;

    /** @param latencies from a send to its arrival, in microseconds; shared by the books of a run */
    Books(Latencies latencies) {
        this.latencies = latencies;
    }

    /** The books of a recipient for whom these messages were stored by an earlier run. */
    static Books promised(Latencies latencies, BitSet promised) {
        Books books = new Books(latencies);
        books.promised.or(promised);
        books.sent = promised.cardinality();
        books.receipts = books.sent;
        return books;
    }

    /** The next message, due now. */
    String next(int bytes) {
        return next(bytes, System.nanoTime());
    }

    /** The next message: its number and the time when it was due, filled up to so many bytes. */
    String next(int bytes, long dueNanos) {
        StringBuilder text = new StringBuilder(bytes);
        text.append(sent++).append(SEPARATOR).append(dueNanos).append(SEPARATOR);
        if (padding.length() < bytes) {
            padding = ".".repeat(bytes);
        }
        return text.append(padding, 0, Math.max(0, bytes - text.length())).toString();
    }

    void receipted(int number, Receipt receipt) {
        receipts++;
        if (receipt.status() == Receipt.Status.REFUSED) {
            refused++;
        } else {
            promised.set(number);
        }
    }

    void arrived(String text) {
        int first = text.indexOf(SEPARATOR);
        int number = Integer.parseInt(text, 0, first, 10);
        if (arrived.get(number)) {
            repeated++;
            return;
        }
        arrived.set(number);
        arrivals++;
        if (number < last) {
            disordered++;
        }
        last = Math.max(last, number);
        long sentAt = Long.parseLong(text, first + 1, text.indexOf(SEPARATOR, first + 1), 10);
        latencies.add(Math.max(0, System.nanoTime() - sentAt));
    }

    int sent() {
        return sent;
    }

    /** Whether every send has its receipt. */
    boolean areSettled() {
        return receipts == sent;
    }

    /** Whether everything that was promised has arrived. */
    boolean areComplete() {
        return areSettled() && lost() == 0;
    }

    int receipts() {
        return receipts;
    }

    /** The numbers of the messages with a receipt that is no refusal. */
    BitSet promised() {
        return (BitSet) promised.clone();
    }

    int refused() {
        return refused;
    }

    int arrived() {
        return arrivals;
    }

    /** Promised and not arrived. */
    int lost() {
        BitSet missing = (BitSet) promised.clone();
        missing.andNot(arrived);
        return missing.cardinality();
    }

    int repeated() {
        return repeated;
    }

    int disordered() {
        return disordered;
    }
}
