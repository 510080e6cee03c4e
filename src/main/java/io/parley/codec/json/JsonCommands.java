package io.parley.codec.json;

import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.GroupRules;
import io.parley.protocol.Question;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Commands and their frames, in both directions (protocol.md, Commands). */
public final class JsonCommands {

    private static final int MAX_USER_IDS = 100;

    private JsonCommands() {}

    /** The command's frame, in the newest version. */
    public static Buffer encode(Command command) {
        return CommandFrames.of(command);
    }

    /** Whether this version has a command of that id. */
    static boolean exists(int id, int version) {
        return switch (id) {
            case Command.Verify.ID,
                    Command.Single.ID,
                    Command.Group.ID,
                    Command.Broadcast.ID,
                    Command.Logout.ID,
                    Command.Ping.ID -> true;
            default -> version >= 1 && id >= Command.Ack.ID && id <= Question.GroupList.ID;
        };
    }

    static Refusal unknown(Frame frame) {
        String detail = "there is no command " + frame.command() + " in version " + frame.version();
        return new Refusal(ErrorCode.UNKNOWN_COMMAND, detail);
    }

    /** The frame's command, from these fields of it; otherwise a {@link Refusal} that names what is wrong. */
    static Command decode(Frame frame, Fields fields) {
        if (!exists(frame.command(), frame.version())) {
            throw unknown(frame);
        }
        int version = frame.version();
        return switch (frame.command()) {
            case Command.Verify.ID -> verify(fields);
            case Command.Single.ID ->
                new Command.Single(clientId(version, fields), fields.userId("chat_to"), content(fields));
            case Command.Group.ID -> group(version, fields);
            case Command.Broadcast.ID -> new Command.Broadcast(clientId(version, fields), content(fields));
            case Command.Logout.ID -> new Command.Logout();
            case Command.Ping.ID -> new Command.Ping(frame.text());
            case Command.Ack.ID -> new Command.Ack(fields.number("seq", 1));
            case Question.Join.ID -> new Question.Join(fields.room("room"));
            case Question.Leave.ID -> new Question.Leave(fields.room("room"));
            case Command.Say.ID -> new Command.Say(fields.clientId(), fields.room("room"), content(fields));
            case Question.Look.ID -> new Question.Look(fields.has("room") ? fields.room("room") : null);
            case Question.Online.ID -> new Question.Online(fields.userIds("user_ids", MAX_USER_IDS));
            case Question.GroupCreate.ID -> groupCreate(fields);
            case Question.GroupChange.ID -> groupChange(fields);
            case Question.GroupList.ID -> new Question.GroupList();
            default -> throw unknown(frame);
        };
    }

    /** Without password and token it is a guest's; whether guests may enter is not the codec's business. */
    private static Command verify(Fields fields) {
        String userId =
                fields.userId(fields.has("phone_number") && !fields.has("user_id") ? "phone_number" : "user_id");
        String password = fields.optionalString("password");
        String token = fields.optionalString("token");
        if (password != null && token != null) {
            throw Content.bad("password and token must not come together");
        }
        return new Command.Verify(userId, password, token);
    }

    private static Command group(int version, Fields fields) {
        String clientId = clientId(version, fields);
        String content = content(fields);
        if (fields.has("group") && fields.has("chat_to")) {
            throw Content.bad("chat_to and group must not come together");
        }
        if (fields.has("group")) {
            return new Command.Group(clientId, List.of(), fields.userId("group"), content);
        }
        List<String> chatTo = fields.userIds("chat_to", GroupRules.MAX_RECIPIENTS);
        // Version 0 has no errors, so a client that names somebody twice would get nothing at all.
        return new Command.Group(
                clientId,
                version == 0 ? List.copyOf(new LinkedHashSet<>(chatTo)) : distinct("chat_to", chatTo),
                null,
                content);
    }

    private static Command groupCreate(Fields fields) {
        String name = fields.string("name");
        int characters = name.codePointCount(0, name.length());
        if (characters < 1
                || characters > GroupRules.MAX_NAME_CHARACTERS
                || name.codePoints().anyMatch(Character::isISOControl)) {
            throw Content.bad(
                    "name must be 1 to " + GroupRules.MAX_NAME_CHARACTERS + " characters without control characters");
        }
        return new Question.GroupCreate(
                fields.clientId(), name, distinct("members", fields.userIds("members", GroupRules.MAX_CHANGES)));
    }

    private static Command groupChange(Fields fields) {
        List<String> add = changes(fields, "add");
        List<String> remove = changes(fields, "remove");
        if (add.isEmpty() && remove.isEmpty()) {
            throw Content.bad("add or remove must have a user id");
        }
        for (String each : add) {
            if (remove.contains(each)) {
                throw Content.bad("add and remove must not both have " + each);
            }
        }
        return new Question.GroupChange(fields.userId("group"), add, remove);
    }

    /** May be missing, and empty. */
    private static List<String> changes(Fields fields, String name) {
        return fields.isEmptyList(name) ? List.of() : distinct(name, fields.userIds(name, GroupRules.MAX_CHANGES));
    }

    private static List<String> distinct(String name, List<String> userIds) {
        Set<String> seen = new HashSet<>();
        for (String each : userIds) {
            if (!seen.add(each)) {
                throw Content.bad(name + " must not have " + each + " twice");
            }
        }
        return userIds;
    }

    private static String content(Fields fields) {
        return fields.string("chat_content");
    }

    /** Version 0 has no client_id, but all that lies behind counts on one; so the message gets one here. */
    private static String clientId(int version, Fields fields) {
        return version == 0 && !fields.has("client_id") ? UUID.randomUUID().toString() : fields.clientId();
    }
}
