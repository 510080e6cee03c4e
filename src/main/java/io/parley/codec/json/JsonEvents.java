package io.parley.codec.json;

import io.parley.protocol.Event;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;

/** Writes events as frames of version 1 (protocol.md, Events); {@link JsonEventReader} is the way back. */
final class JsonEvents implements Event.Handler<Buffer> {

    static final int VERIFIED = 101;
    static final int SINGLE = 102;
    static final int BYE = 105;
    static final int PONG = 106;
    static final int ONLINE = 112;
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
        return frame(VERIFIED, refusal(new JsonObject().put("code", 0), event.refusal()));
    }

    /** The hot path: what belongs to this session is put before the envelope's first field, which is not read again. */
    @Override
    public Buffer delivery(Event.Delivery event) {
        String session = "{\"seq\":" + event.seq() + (event.replayed() ? ",\"replayed\":true," : ",");
        return Frame.bytes(
                Frame.NEWEST_VERSION,
                SINGLE,
                session.concat(event.envelope().json().substring(1)));
    }

    @Override
    public Buffer bye(Event.Bye event) {
        JsonObject content = new JsonObject().put("reason", event.reason().code());
        return frame(BYE, retryAfter(content, event.retryAfter()));
    }

    @Override
    public Buffer receipted(Event.Receipted event) {
        Receipt receipt = event.receipt();
        JsonObject content = new JsonObject().put("client_id", receipt.clientId());
        if (receipt.messageId() != null) {
            content.put("message_id", receipt.messageId());
        }
        content.put("status", receipt.status().name().toLowerCase(Locale.ROOT));
        if (receipt.durability() != null) {
            content.put("durability", receipt.durability());
        }
        return frame(RECEIPT, receipt.error() == null ? content : refusal(content, receipt.error()));
    }

    @Override
    public Buffer failed(Event.Failed event) {
        JsonObject content = refusal(new JsonObject(), event.refusal()).put("command", event.command());
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

    private static JsonObject refusal(JsonObject content, Refusal refusal) {
        content.put("error", refusal.code().code()).put("detail", refusal.detail());
        return retryAfter(content, refusal.retryAfter());
    }

    private static JsonObject retryAfter(JsonObject content, Duration retryAfter) {
        return retryAfter.toMillis() > 0 ? content.put("retry_after_ms", retryAfter.toMillis()) : content;
    }

    private static Buffer frame(int id, JsonObject content) {
        return Frame.bytes(Frame.NEWEST_VERSION, id, content.encode());
    }
}
