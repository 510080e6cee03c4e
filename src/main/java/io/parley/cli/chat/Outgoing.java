package io.parley.cli.chat;

import io.parley.protocol.Receipt;

/** A message that was typed here, and what is known of its fate. Belongs to the chat's thread. */
final class Outgoing {

    private final Talk to;
    private final Entry entry;
    private final boolean offline;
    private Receipt.Status status;
    private String sentence;

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

    /** @param known  null when the chat ended before there was a receipt */
    void answered(Receipt.Status known, String inWords) {
        status = known;
        sentence = inWords;
    }

    boolean isAnswered() {
        return sentence != null;
    }

    boolean arrived() {
        return status == Receipt.Status.DELIVERED || status == Receipt.Status.STORED;
    }

    boolean delivered() {
        return status == Receipt.Status.DELIVERED;
    }

    /** What became of it, for a person; null while nobody knows. */
    String sentence() {
        return sentence;
    }
}
