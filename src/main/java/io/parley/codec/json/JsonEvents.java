package io.parley.codec.json;

import io.parley.protocol.Event;
import io.parley.protocol.Person;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Writes events as frames of version 1 (protocol.md, Events); {@link JsonEventReader} is the way back. */
final class JsonEvents implements Event.Handler<Buffer> {

    static final int VERIFIED = 101;
    static final int SINGLE = 102;
    static final int GROUP = 103;
    static final int BROADCAST = 104;
    static final int BYE = 105;
    static final int PONG = 106;
    static final int ENTERED = 108;
    static final int LEFT = 109;
    static final int ROOM = 110;
    static final int LOOK = 111;
    static final int ONLINE = 112;
    static final int GROUP_CREATED = 113;
    static final int GROUP_CHANGED = 114;
    static final int GROUPS = 115;
    static final int RECEIPT = 120;
    static final int ERROR = 199;

    @Override
    public Buffer verified(Event.Verified event) {
        JsonObject content =
                new JsonObject().put("code", 1).put("user_id", event.userId()).put("user_name", event.userName());
        if (event.token() != null) {
            content.put("token", event.token()).put("token_expires_at", event.tokenExpiresAt());
        }
        content.put("heartbeat_s", event.heartbeat().toSeconds())
                .put("ack_window", event.ackWindow())
                .put("waiting", event.waiting());
        return frame(VERIFIED, content);
    }

    @Override
    public Buffer notVerified(Event.NotVerified event) {
        return frame(VERIFIED, refusal(new ObjectWriter().put("code", 0), event.refusal()));
    }

    /** The hot path: what belongs to this session is put before the envelope's first field, which is not read again. */
    @Override
    public Buffer delivery(Event.Delivery event) {
        String session = "{\"seq\":" + event.seq() + (event.replayed() ? ",\"replayed\":true," : ",");
        byte[] first = session.getBytes(StandardCharsets.ISO_8859_1);
        byte[] message = event.envelope().json().getBytes(StandardCharsets.UTF_8);
        int id = MessageJson.kind(event.envelope()).id();
        return Frame.header(Frame.NEWEST_VERSION, id, first.length + message.length - 1)
                .appendBytes(first)
                .appendBytes(message, 1, message.length - 1);
    }

    /** The same bytes for everybody who hears it. */
    @Override
    public Buffer heard(Event.Heard event) {
        return Frame.bytes(
                Frame.NEWEST_VERSION,
                MessageJson.kind(event.envelope()).id(),
                event.envelope().json());
    }

    @Override
    public Buffer entered(Event.Entered event) {
        return frame(ENTERED, person(event.room(), event.who()));
    }

    @Override
    public Buffer left(Event.Left event) {
        return frame(LEFT, person(event.room(), event.who()));
    }

    private static JsonObject person(String room, Person who) {
        return new JsonObject().put("room", room).put("user_id", who.userId()).put("user_name", who.name());
    }

    @Override
    public Buffer look(Event.LookAnswer event) {
        JsonObject rooms = new JsonObject();
        event.rooms().forEach((room, names) -> rooms.put(room, new JsonArray(names)));
        JsonObject content = new JsonObject().put("rooms", rooms);
        if (!event.more().isEmpty()) {
            JsonObject more = new JsonObject();
            event.more().forEach(more::put);
            content.put("more", more);
        }
        return frame(LOOK, content);
    }

    @Override
    public Buffer groupCreated(Event.GroupCreated event) {
        return frame(
                GROUP_CREATED,
                new JsonObject().put("client_id", event.clientId()).put("group", event.group()));
    }

    @Override
    public Buffer groupChanged(Event.GroupChanged event) {
        return frame(GROUP_CHANGED, new JsonObject().put("group", event.group()));
    }

    @Override
    public Buffer groups(Event.GroupsAnswer event) {
        JsonArray groups = new JsonArray();
        event.groups()
                .forEach(each -> groups.add(new JsonObject()
                        .put("group", each.id())
                        .put("name", each.name())
                        .put("owner", each.owner())
                        .put("members", each.members())));
        return frame(GROUPS, new JsonObject().put("groups", groups));
    }

    /** The first word is the client's. */
    @Override
    public Buffer accepted(Event.Accepted event) {
        return null;
    }

    @Override
    public Buffer bye(Event.Bye event) {
        ObjectWriter content = new ObjectWriter().put("reason", event.reason().code());
        return frame(BYE, retryAfter(content, event.retryAfter()));
    }

    /** The other hot path. */
    @Override
    public Buffer receipted(Event.Receipted event) {
        Receipt receipt = event.receipt();
        ObjectWriter content = new ObjectWriter().put("client_id", receipt.clientId());
        if (receipt.messageId() != null) {
            content.put("message_id", receipt.messageId());
        }
        content.put("status", receipt.status().code());
        if (receipt.durability() != null) {
            content.put("durability", receipt.durability());
        }
        if (receipt.spread() != null) {
            spread(content, receipt.spread());
        }
        return frame(RECEIPT, receipt.error() == null ? content : refusal(content, receipt.error()));
    }

    private static void spread(ObjectWriter content, Receipt.Spread spread) {
        if (spread.results().isEmpty()) {
            JsonObject counts = new JsonObject();
            spread.counts().forEach((status, count) -> counts.put(status.code(), count));
            content.put("counts", counts);
            return;
        }
        JsonObject results = new JsonObject();
        spread.results().forEach((userId, status) -> results.put(userId, status.code()));
        content.put("results", results);
        if (!spread.errors().isEmpty()) {
            JsonObject errors = new JsonObject();
            spread.errors().forEach((userId, error) -> errors.put(userId, error.code()));
            content.put("errors", errors);
        }
    }

    @Override
    public Buffer failed(Event.Failed event) {
        ObjectWriter content = refusal(new ObjectWriter(), event.refusal()).put("command", event.command());
        if (event.clientId() != null) {
            content.put("client_id", event.clientId());
        }
        return frame(ERROR, content);
    }

    @Override
    public Buffer pong(Event.Pong event) {
        return Frame.bytes(Frame.NEWEST_VERSION, PONG, event.content());
    }

    @Override
    public Buffer online(Event.OnlineAnswer event) {
        JsonObject online = new JsonObject();
        event.online().forEach(online::put);
        return frame(ONLINE, new JsonObject().put("online", online));
    }

    private static ObjectWriter refusal(ObjectWriter content, Refusal refusal) {
        content.put("error", refusal.code().code()).put("detail", refusal.detail());
        return retryAfter(content, refusal.retryAfter());
    }

    private static ObjectWriter retryAfter(ObjectWriter content, Duration retryAfter) {
        return retryAfter.toMillis() > 0 ? content.put("retry_after_ms", retryAfter.toMillis()) : content;
    }

    private static Buffer frame(int id, JsonObject content) {
        return Frame.bytes(Frame.NEWEST_VERSION, id, content.encode());
    }

    private static Buffer frame(int id, ObjectWriter content) {
        return Frame.bytes(Frame.NEWEST_VERSION, id, content.end());
    }
}
