package io.parley.client;

import io.parley.codec.json.JsonCommands;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.GroupInfo;
import io.parley.protocol.Question;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a client asks besides sending messages, and the rooms that it is in. A group is asked for again after a
 * reconnect, as its client_id keeps the node from making two.
 */
final class Questions {

    private final Rooms rooms = new Rooms();
    private final Asking<Map<String, Boolean>> online = new Asking<>(false);
    private final Asking<Event.LookAnswer> looks = new Asking<>(false);
    private final Asking<String> creations = new Asking<>(true);
    private final Asking<Void> changes = new Asking<>(false);
    private final Asking<List<GroupInfo>> groups = new Asking<>(false);

    Rooms rooms() {
        return rooms;
    }

    Future<Map<String, Boolean>> online(List<String> userIds) {
        return ask(online, new Question.Online(userIds));
    }

    Future<Event.LookAnswer> look(String room) {
        return ask(looks, new Question.Look(room));
    }

    /** Answered by the group's id. */
    Future<String> create(Question.GroupCreate group) {
        return ask(creations, group);
    }

    Future<Void> change(Question.GroupChange change) {
        return ask(changes, change);
    }

    Future<List<GroupInfo>> groups() {
        return ask(groups, new Question.GroupList());
    }

    /** There is a connection, for this account. */
    void open(Consumer<Command> connection, String userId) {
        rooms.open(connection, userId);
        online.open(connection);
        looks.open(connection);
        creations.open(connection);
        changes.open(connection);
        groups.open(connection);
    }

    void suspend(Throwable cause) {
        rooms.suspend(cause);
        online.suspend(cause);
        looks.suspend(cause);
        creations.suspend(cause);
        changes.suspend(cause);
        groups.suspend(cause);
    }

    /** There will be no other connection. */
    void end(Throwable cause) {
        suspend(cause);
        creations.end(cause);
    }

    /** An event that is neither a message nor a receipt. */
    void event(Event event) {
        if (event instanceof Event.Entered entered) {
            rooms.entered(entered);
        } else if (event instanceof Event.Left left) {
            rooms.left(left);
        } else if (event instanceof Event.OnlineAnswer answer) {
            online.answer(answer.online());
        } else if (event instanceof Event.LookAnswer answer) {
            looks.answer(answer);
        } else if (event instanceof Event.GroupCreated created) {
            creations.answer(created.group());
        } else if (event instanceof Event.GroupChanged) {
            changes.answer(null);
        } else if (event instanceof Event.GroupsAnswer answer) {
            groups.answer(answer.groups());
        }
    }

    /** False when it is about no question. */
    boolean refuse(Event.Failed failed) {
        Refusal refusal = failed.refusal();
        switch (failed.command()) {
            case Question.Join.ID -> rooms.refuseJoin(refusal);
            case Question.Leave.ID -> rooms.refuseLeave(refusal);
            case Question.Look.ID -> looks.refuse(refusal);
            case Question.Online.ID -> online.refuse(refusal);
            case Question.GroupCreate.ID -> creations.refuse(refusal);
            case Question.GroupChange.ID -> changes.refuse(refusal);
            case Question.GroupList.ID -> groups.refuse(refusal);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A frame over the node's bound would cost the connection. */
    private static <A> Future<A> ask(Asking<A> asking, Question question) {
        if (JsonCommands.encode(question).length() > ParleyClient.MAX_FRAME_BYTES) {
            String detail = "the question is larger than " + ParleyClient.MAX_FRAME_BYTES + " bytes";
            return Future.failedFuture(new Refusal(ErrorCode.FRAME_TOO_LARGE, detail));
        }
        return asking.ask(question);
    }
}
