package io.parley.group;

import io.parley.protocol.Audience;
import io.parley.protocol.Command;
import io.parley.protocol.Question;
import io.parley.testkit.RawClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What a client says to groups and about them, in frames. */
record GroupTalk(RawClient client) {

    static final int DELIVERY = Audience.Kind.GROUP.id();
    static final int CREATED = 113;
    static final int CHANGED = 114;
    static final int GROUPS = 115;

    /** @return the group's id */
    String create(String clientId, String name, List<String> members) {
        askToCreate(clientId, name, members);
        return client.expect(CREATED).getString("group");
    }

    void askToCreate(String clientId, String name, List<String> members) {
        JsonObject content = new JsonObject().put("client_id", clientId).put("name", name);
        client.send(Question.GroupCreate.ID, content.put("members", new JsonArray(members)));
    }

    void change(String group, List<String> add, List<String> remove) {
        askToChange(group, add, remove);
        client.expect(CHANGED);
    }

    void askToChange(String group, List<String> add, List<String> remove) {
        JsonObject content = new JsonObject().put("group", group).put("add", new JsonArray(add));
        client.send(Question.GroupChange.ID, content.put("remove", new JsonArray(remove)));
    }

    JsonArray list() {
        client.send(Question.GroupList.ID, new JsonObject());
        return client.expect(GROUPS).getJsonArray("groups");
    }

    void say(String clientId, String group, String text) {
        JsonObject content = new JsonObject().put("client_id", clientId).put("group", group);
        client.send(Command.Group.ID, content.put("chat_content", text));
    }

    void sayTo(String clientId, List<String> recipients, String text) {
        JsonObject content = new JsonObject().put("client_id", clientId).put("chat_to", new JsonArray(recipients));
        client.send(Command.Group.ID, content.put("chat_content", text));
    }

    /** The next frame, which must be a message to several; acknowledges it. */
    JsonObject hear() {
        JsonObject delivery = client.expect(DELIVERY);
        client.ack(delivery.getLong("seq"));
        return delivery;
    }
}
