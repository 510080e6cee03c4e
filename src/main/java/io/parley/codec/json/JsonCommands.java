package io.parley.codec.json;

import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** Commands and their frames, in both directions (protocol.md, Commands). */
public final class JsonCommands {

    private static final int MAX_USER_IDS = 100;

    private JsonCommands() {}

    /** The command's frame, in the newest version. */
    public static Buffer encode(Command command) {
        Encoding encoding = new Encoding();
        command.to(encoding);
        return encoding.frame;
    }

    /** Whether this version has a command of that id. */
    static boolean exists(int id, int version) {
        return switch (id) {
            case Command.Verify.ID, Command.Single.ID, Command.Logout.ID, Command.Ping.ID -> true;
            case Command.Ack.ID, Command.Online.ID -> version >= 1;
            default -> false;
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
        return switch (frame.command()) {
            case Command.Verify.ID -> verify(fields);
            case Command.Single.ID -> single(frame.version(), fields);
            case Command.Logout.ID -> new Command.Logout();
            case Command.Ping.ID -> new Command.Ping(fields.text());
            case Command.Ack.ID -> new Command.Ack(fields.number("seq", 1));
            case Command.Online.ID -> new Command.Online(fields.userIds("user_ids", MAX_USER_IDS));
            default -> throw unknown(frame);
        };
    }

    private static Command verify(Fields fields) {
        String userId =
                fields.userId(fields.has("phone_number") && !fields.has("user_id") ? "phone_number" : "user_id");
        String password = fields.optionalString("password");
        String token = fields.optionalString("token");
        if (password == null && token == null) {
            throw Content.bad("password or token is missing");
        }
        if (password != null && token != null) {
            throw Content.bad("password and token must not come together");
        }
        return new Command.Verify(userId, password, token);
    }

    /** Version 0 has no client_id, but all that lies behind counts on one; so the message gets one here. */
    private static Command single(int version, Fields fields) {
        boolean makesItsId = version == 0 && !fields.has("client_id");
        String clientId = makesItsId ? UUID.randomUUID().toString() : fields.clientId();
        return new Command.Single(clientId, fields.userId("chat_to"), fields.string("chat_content"));
    }

    /** Writes the frame of the one command that it is given. */
    private static final class Encoding implements Command.Handler {
        private Buffer frame;

        @Override
        public void verify(Command.Verify command) {
            JsonObject content = new JsonObject().put("user_id", command.userId());
            if (command.token() == null) {
                content.put("password", command.password());
            } else {
                content.put("token", command.token());
            }
            write(Command.Verify.ID, content.encode());
        }

        @Override
        public void single(Command.Single command) {
            JsonObject content = new JsonObject()
                    .put("client_id", command.clientId())
                    .put("chat_to", command.chatTo())
                    .put("chat_content", command.content());
            write(Command.Single.ID, content.encode());
        }

        @Override
        public void logout(Command.Logout command) {
            write(Command.Logout.ID, "");
        }

        @Override
        public void ping(Command.Ping command) {
            write(Command.Ping.ID, command.content());
        }

        @Override
        public void ack(Command.Ack command) {
            write(Command.Ack.ID, new JsonObject().put("seq", command.seq()).encode());
        }

        @Override
        public void online(Command.Online command) {
            JsonArray userIds = new JsonArray(command.userIds());
            write(Command.Online.ID, new JsonObject().put("user_ids", userIds).encode());
        }

        private void write(int id, String content) {
            frame = Frame.bytes(Frame.NEWEST_VERSION, id, content);
        }
    }
}
