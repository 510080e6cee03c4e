package io.parley.gateway;

import io.parley.protocol.Command;
import io.parley.protocol.Envelope;
import io.parley.protocol.Identity;
import io.parley.protocol.Refusal;
import io.parley.session.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The messages of one session from one to several recipients on, in the order in which they were sent: each waits until
 * the one before it is handed over. Bounded by the session's unanswered sends.
 */
final class Outgoing {

    final String session;
    private final Deque<Item> line = new ArrayDeque<>();
    /** It is among those whose turn comes. */
    boolean queued;

    /** What stands in the line. */
    sealed interface Item {}

    /** A message to one, which must not overtake. */
    record Behind(Runnable submission) implements Item {}

    /** A message to several: first its recipients are found, then it is handed over to one after the other. */
    static final class ToSeveral implements Item {

        final Session session;
        final Identity sender;
        final Command.Group command;
        final Consumer<Refusal> otherwise;
        /** Null until they are found. */
        List<String> recipients;
        /** Why they were not found; null otherwise. */
        Refusal refusal;

        /** Null until it is accepted. */
        Envelope envelope;

        /** In the {@link FanoutTable}. */
        long number;
        /** To how many of the recipients it is handed over. */
        int handed;

        ToSeveral(Session session, Identity sender, Command.Group command, Consumer<Refusal> otherwise) {
            this.session = session;
            this.sender = sender;
            this.command = command;
            this.otherwise = otherwise;
        }

        boolean isResolved() {
            return recipients != null || refusal != null;
        }
    }

    /** @param session its id */
    Outgoing(String session) {
        this.session = session;
    }

    void add(Item item) {
        line.add(item);
    }

    Item first() {
        return line.element();
    }

    void removeFirst() {
        line.remove();
    }

    boolean isEmpty() {
        return line.isEmpty();
    }

    /** Whether the first can be handed over now. */
    boolean isReady() {
        return line.peek() instanceof Behind || line.peek() instanceof ToSeveral several && several.isResolved();
    }
}
