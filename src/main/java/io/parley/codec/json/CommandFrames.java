package io.parley.codec.json;

import io.parley.protocol.Command;
import io.parley.protocol.Question;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Writes the frame of the one command that it is given, in the newest version: what a client says. */
final class CommandFrames implements Command.Handler {

    private Buffer frame;

    static Buffer of(Command command) {
        CommandFrames frames = new CommandFrames();
        command.to(frames);
        return frames.frame;
    }

    @Override
    public void verify(Command.Verify command) {
        JsonObject content = new JsonObject().put("user_id", command.userId());
        if (command.password() != null) {
            content.put("password", command.password());
        }
        if (command.token() != null) {
            content.put("token", command.token());
        }
        write(command, content);
    }

    @Override
    public void single(Command.Single command) {
        write(
                command,
                new ObjectWriter()
                        .put("client_id", command.clientId())
                        .put("chat_to", command.chatTo())
                        .put("chat_content", command.content())
                        .end());
    }

    @Override
    public void group(Command.Group command) {
        if (command.group() == null) {
            send(command, "chat_to", array(command.chatTo()));
        } else {
            send(command, "group", command.group());
        }
    }

    @Override
    public void broadcast(Command.Broadcast command) {
        write(command, new JsonObject().put("client_id", command.clientId()).put("chat_content", command.content()));
    }

    @Override
    public void logout(Command.Logout command) {
        write(command, "");
    }

    @Override
    public void ping(Command.Ping command) {
        write(command, command.content());
    }

    @Override
    public void ack(Command.Ack command) {
        write(command, new ObjectWriter().put("seq", command.seq()).end());
    }

    @Override
    public void join(Question.Join command) {
        write(command, new JsonObject().put("room", command.room()));
    }

    @Override
    public void leave(Question.Leave command) {
        write(command, new JsonObject().put("room", command.room()));
    }

    @Override
    public void say(Command.Say command) {
        send(command, "room", command.room());
    }

    @Override
    public void look(Question.Look command) {
        write(command, command.room() == null ? new JsonObject() : new JsonObject().put("room", command.room()));
    }

    @Override
    public void online(Question.Online command) {
        write(command, new JsonObject().put("user_ids", array(command.userIds())));
    }

    @Override
    public void groupCreate(Question.GroupCreate command) {
        write(
                command,
                new JsonObject()
                        .put("client_id", command.clientId())
                        .put("name", command.name())
                        .put("members", array(command.members())));
    }

    @Override
    public void groupChange(Question.GroupChange command) {
        write(
                command,
                new JsonObject()
                        .put("group", command.group())
                        .put("add", array(command.add()))
                        .put("remove", array(command.remove())));
    }

    @Override
    public void groupList(Question.GroupList command) {
        write(command, "");
    }

    private void send(Command.Send command, String audience, Object whom) {
        write(
                command,
                new JsonObject()
                        .put("client_id", command.clientId())
                        .put(audience, whom)
                        .put("chat_content", command.content()));
    }

    private static JsonArray array(List<String> items) {
        return new JsonArray(items);
    }

    private void write(Command command, JsonObject content) {
        write(command, content.encode());
    }

    private void write(Command command, String content) {
        frame = Frame.bytes(Frame.NEWEST_VERSION, command.id(), content);
    }
}
