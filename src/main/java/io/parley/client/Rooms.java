package io.parley.client;

import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Question;
import io.parley.protocol.Refusal;
import io.parley.protocol.Room;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The rooms that a client is in. A node forgets them with the session, so the client enters them again on each new
 * connection. Belongs to the client's context.
 */
final class Rooms {

    /** As many as a session may be in (protocol.md, join). */
    static final int MOST = 32;

    private final Set<String> in = new LinkedHashSet<>();
    private final Asking<Void> joins = new Asking<>(false);
    private final Asking<Void> leaves = new Asking<>(false);
    private Consumer<RoomNews> handler = news -> {};
    private String myself;

    void handler(Consumer<RoomNews> program) {
        handler = program;
    }

    /** Enters, also where one is already: then nobody else hears of it. */
    Future<Void> join(String room) {
        if (!Room.isValid(room)) {
            return notARoom();
        }
        if (in.size() >= MOST && !in.contains(room)) {
            return Future.failedFuture(new Refusal(ErrorCode.TOO_MANY, "one may be in " + MOST + " rooms"));
        }
        return joins.ask(new Question.Join(room));
    }

    /** Without a connection one is in no room, so there is nobody to tell. */
    Future<Void> leave(String room) {
        if (!Room.isValid(room)) {
            return notARoom();
        }
        boolean was = in.remove(room);
        return leaves.ask(new Question.Leave(room)).recover(cause -> {
            if (cause instanceof LinkFailure && was) {
                return Future.succeededFuture();
            }
            if (was && cause instanceof Refusal refusal && refusal.code() != ErrorCode.NOT_MEMBER) {
                in.add(room);
            }
            return Future.failedFuture(cause);
        });
    }

    /** Whether the node has yet to say if this client may enter, so that what is said there must wait. */
    boolean isEntering(String room) {
        return joins.isOpen(question -> question.equals(new Question.Join(room)));
    }

    void open(Consumer<Command> connection, String userId) {
        myself = userId;
        leaves.open(connection);
        joins.open(connection);
        for (String room : List.copyOf(in)) {
            join(room).onFailure(cause -> notAgain(room, cause));
        }
    }

    /** The connection is gone; on the next one the rooms are entered again. */
    void suspend(Throwable cause) {
        joins.suspend(cause);
        leaves.suspend(cause);
    }

    /** One's own entering is an answer only when it was asked for: another session's may be told late. */
    void entered(Event.Entered event) {
        boolean me = event.who().userId().equals(myself);
        if (me && new Question.Join(event.room()).equals(joins.asked())) {
            in.add(event.room());
            joins.answer(null);
        }
        handler.accept(new RoomNews.Entered(event.room(), event.who(), me));
    }

    /** As {@link #entered}: that an earlier session of this account has left may be told after this one entered. */
    void left(Event.Left event) {
        boolean me = event.who().userId().equals(myself);
        if (me && new Question.Leave(event.room()).equals(leaves.asked())) {
            in.remove(event.room());
            leaves.answer(null);
        }
        handler.accept(new RoomNews.Left(event.room(), event.who(), me));
    }

    void refuseJoin(Refusal refusal) {
        joins.refuse(refusal);
    }

    void refuseLeave(Refusal refusal) {
        leaves.refuse(refusal);
    }

    private static Future<Void> notARoom() {
        return Future.failedFuture(new Refusal(ErrorCode.BAD_CONTENT, "the name of a room " + Room.RULE));
    }

    private void notAgain(String room, Throwable cause) {
        if (cause instanceof Refusal refusal) {
            in.remove(room);
            handler.accept(new RoomNews.Lost(room, refusal));
        }
    }
}
