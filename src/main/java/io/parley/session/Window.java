package io.parley.session;

import io.parley.protocol.Envelope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The deliveries that a client has been sent and has not acknowledged, oldest first: at most {@code size} of them.
 * Numbers them from 1 (seq).
 */
final class Window {

    /** One delivery in flight. */
    static final class InFlight {
        final long seq;
        final Envelope envelope;
        /** Who pushed it; null when it was read from the mailbox. */
        final Origin origin;

        final long sentAt;
        /**
         * Whether it is in the mailbox too, so that its acknowledgement must remove it and a closing need not append
         * it.
         */
        private boolean inMailbox;

        private InFlight(long seq, Envelope envelope, Origin origin, long sentAt) {
            this.seq = seq;
            this.envelope = envelope;
            this.origin = origin;
            this.sentAt = sentAt;
            this.inMailbox = origin == null;
        }

        boolean inMailbox() {
            return inMailbox;
        }
    }

    private final int size;
    private final ArrayDeque<InFlight> inFlight = new ArrayDeque<>();
    private final Map<String, InFlight> byId = new HashMap<>();
    private long lastSeq;
    private int inMailbox;

    Window(int size) {
        this.size = size;
    }

    boolean isFull() {
        return inFlight.size() >= size;
    }

    /** Enough room that another pass over the mailbox is worth its reads. */
    boolean isHalfEmpty() {
        return inFlight.size() <= size / 2;
    }

    int count() {
        return inFlight.size();
    }

    long lastSeq() {
        return lastSeq;
    }

    /** How many of the deliveries in flight are in the mailbox too. */
    int inMailbox() {
        return inMailbox;
    }

    /**
     * @param origin  who pushed it; null when it was read from the mailbox
     * @param now     milliseconds, for {@link #oldestSentAt}
     */
    InFlight add(Envelope envelope, Origin origin, long now) {
        InFlight added = new InFlight(++lastSeq, envelope, origin, now);
        inFlight.addLast(added);
        byId.put(envelope.id(), added);
        if (added.inMailbox) {
            inMailbox++;
        }
        return added;
    }

    /** If the message is in flight: notes that it is in the mailbox too, and returns true. */
    boolean markInMailbox(String messageId) {
        InFlight found = byId.get(messageId);
        if (found != null && !found.inMailbox) {
            found.inMailbox = true;
            inMailbox++;
        }
        return found != null;
    }

    /** Takes out every delivery up to and including {@code seq}, oldest first. */
    List<InFlight> acknowledge(long seq) {
        List<InFlight> acked = new ArrayList<>();
        while (!inFlight.isEmpty() && inFlight.peekFirst().seq <= seq) {
            InFlight first = inFlight.pollFirst();
            byId.remove(first.envelope.id());
            if (first.inMailbox) {
                inMailbox--;
            }
            acked.add(first);
        }
        return acked;
    }

    /** Takes out everything. */
    List<InFlight> clear() {
        return acknowledge(lastSeq);
    }

    /** When the oldest delivery in flight was sent; {@link Long#MAX_VALUE} when there is none. */
    long oldestSentAt() {
        return inFlight.isEmpty() ? Long.MAX_VALUE : inFlight.peekFirst().sentAt;
    }
}
