package io.parley.cli.chat;

import io.parley.protocol.Receipt;

/** A message that was typed here, and what is known of its fate. Belongs to the chat's thread. */
final class Outgoing {

    private final Talk to;
    private final Entry entry;
    private final boolean offline;
    private Fate fate;

    /**
     * What became of a message.
     *
     * @param status    null when the chat ended before there was a receipt
     * @param sentence  for a person
     * @param counts    how many of several recipients it reached; null of one
     */
    record Fate(Receipt.Status status, String sentence, String counts) {}

    /** @param offline  whether it was typed while there was no connection, so that it leaves after the reconnect */
    Outgoing(Talk to, Entry entry, boolean offline) {
        this.to = to;
        this.entry = entry;
        this.offline = offline;
    }

    Talk to() {
        return to;
    }

    Entry entry() {
        return entry;
    }

    boolean offline() {
        return offline;
    }

    void answered(Fate known) {
        fate = known;
    }

    boolean isAnswered() {
        return fate != null;
    }

    boolean arrived() {
        return isAnswered() && fate.status() != null && fate.status() != Receipt.Status.REFUSED;
    }

    /** Null while nobody knows, and when there is no receipt. */
    Receipt.Status status() {
        return isAnswered() ? fate.status() : null;
    }

    /** What became of it, for a person; null while nobody knows. */
    String sentence() {
        return isAnswered() ? fate.sentence() : null;
    }

    /** Of a message to several, how many it reached; else null. */
    String counts() {
        return isAnswered() ? fate.counts() : null;
    }
}
