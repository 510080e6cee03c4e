package io.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A {@link RawClient} for rooms: commands and events by their names in protocol.md. */
public final class RoomClient implements Closeable {

    public static final int BROADCAST = 4;
    public static final int JOIN = 8;
    public static final int LEAVE = 9;
    public static final int SAY = 10;
    public static final int LOOK = 11;
    public static final int BROADCAST_HEARD = 104;
    public static final int ENTERED = 108;
    public static final int LEFT = 109;
    public static final int SAID = 110;
    public static final int LOOK_ANSWER = 111;

    private final RawClient raw;
    private final String userId;
    private int clientIds;

    private RoomClient(RawClient raw, String userId) {
        this.raw = raw;
        this.userId = userId;
    }

    public static RoomClient login(int port, String userId) {
        return new RoomClient(RawClient.login(port, userId), userId);
    }

    public RawClient raw() {
        return raw;
    }

    public static JsonObject room(String room) {
        return new JsonObject().put("room", room);
    }

    /** Enters, and hears that it did. */
    public RoomClient join(String room) {
        raw.send(JOIN, room(room));
        expectEntered(room, userId);
        return this;
    }

    public void leave(String room) {
        raw.send(LEAVE, room(room));
        expectLeft(room, userId);
    }

    public void expectEntered(String room, String who) {
        assertThat(raw.expect(ENTERED)).isEqualTo(person(room, who));
    }

    public void expectLeft(String room, String who) {
        assertThat(raw.expect(LEFT)).isEqualTo(person(room, who));
    }

    private static JsonObject person(String room, String who) {
        return room(room).put("user_id", who).put("user_name", "Name of " + who);
    }

    /** Says something; there will be a receipt for it. */
    public String say(String room, String text) {
        String clientId = "say-" + clientIds++;
        raw.send(SAY, room(room).put("client_id", clientId).put("chat_content", text));
        return clientId;
    }

    public void broadcast(String text) {
        raw.send(
                BROADCAST,
                new JsonObject().put("client_id", "all-" + clientIds++).put("chat_content", text));
    }

    /** Says something, and has its receipt. */
    public void sayAndWait(String room, String text) {
        String clientId = say(room, text);
        assertThat(raw.expectReceipt("sent").getString("client_id")).isEqualTo(clientId);
    }

    public JsonObject expectSaid(String room, String from, String text) {
        return said(raw.expect(SAID), from, text, room);
    }

    public JsonObject expectBroadcast(String from, String text) {
        return said(raw.expect(BROADCAST_HEARD), from, text, null);
    }

    private static JsonObject said(JsonObject heard, String from, String text, String room) {
        assertThat(heard.getString("chat_from")).isEqualTo(from);
        assertThat(heard.getString("from_name")).isEqualTo("Name of " + from);
        assertThat(heard.getString("chat_content")).isEqualTo(text);
        assertThat(heard.getString("room")).isEqualTo(room);
        assertThat(heard.containsKey("seq")).isFalse();
        return heard;
    }

    /** The user ids of those in the room: as each account of a test is called after its id. */
    public List<String> look(String room) {
        raw.send(LOOK, room(room));
        JsonObject rooms = raw.expect(LOOK_ANSWER).getJsonObject("rooms");
        assertThat(rooms.fieldNames()).isEqualTo(Set.of(room));
        List<String> people = new ArrayList<>();
        rooms.getJsonArray(room).forEach(name -> people.add(((String) name).substring("Name of ".length())));
        return people;
    }

    /** The error of the next event, which must be about this command. */
    public String expectError(int command) {
        JsonObject error = raw.expect(RawClient.ERROR);
        assertThat(error.getInteger("command")).as("%s", error).isEqualTo(command);
        return error.getString("error");
    }

    /** Whatever it was sent has been handled, and it heard nothing meanwhile. */
    public void hearsNothing() {
        raw.pingPong();
    }

    @Override
    public void close() {
        raw.close();
    }
}
