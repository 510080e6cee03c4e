package io.parley.codec.json;

import io.parley.protocol.Envelope;
import io.parley.protocol.Message;
import io.vertx.core.json.JsonObject;

/**
 * A message as JSON: how it travels on the bus, waits in Redis and arrives at clients. Written once, in this order of
 * fields, by the gateway that accepts it (DESIGN section 6):
 *
 * <pre>
 * {"command":102,"message_id":"…","client_id":"…","chat_from":"…","from_name":"…",
 *  "chat_content":"…","sent_at":1700000000000}
 * </pre>
 */
public final class MessageJson {

    private MessageJson() {}

    public static Envelope envelope(Message message) {
        String json = new JsonObject()
                .put("command", JsonEvents.SINGLE)
                .put("message_id", message.id())
                .put("client_id", message.clientId())
                .put("chat_from", message.chatFrom())
                .put("from_name", message.fromName())
                .put("chat_content", message.content())
                .put("sent_at", message.sentAt())
                .encode();
        return new Envelope(message.id(), json);
    }

    /** The message in an envelope's JSON; a {@link io.parley.protocol.Refusal} when it is not one. */
    public static Message message(String json) {
        return message(Content.parse(json));
    }

    static Message message(Fields fields) {
        return new Message(
                fields.string("message_id"),
                fields.string("client_id"),
                fields.string("chat_from"),
                fields.string("from_name"),
                fields.string("chat_content"),
                fields.number("sent_at", 0));
    }
}
