package io.parley.codec.json;

import io.parley.protocol.Audience;
import io.parley.protocol.Envelope;
import io.parley.protocol.Message;
import java.nio.charset.StandardCharsets;

/**
 * A message as JSON: how it travels on the bus, waits in Redis and arrives at clients. Written once, in this order of
 * fields, by the gateway that accepts it (DESIGN section 6):
 *
 * <pre>
 * {"command":102,"message_id":"…","client_id":"…","chat_from":"…","from_name":"…",
 *  "chat_content":"…","sent_at":1700000000000}
 * </pre>
 *
 * {@code command} says which delivery it is, always in three digits; behind {@code sent_at} stands {@code group} or
 * {@code room}, where there is one.
 */
public final class MessageJson {

    private static final int KIND_AT = "{\"command\":".length();

    private static final int KIND_DIGITS = 3;

    private MessageJson() {}

    public static Envelope envelope(Message message) {
        Audience audience = message.audience();
        ObjectWriter json = new ObjectWriter()
                .put("command", audience.kind().id())
                .put("message_id", message.id())
                .put("client_id", message.clientId())
                .put("chat_from", message.chatFrom())
                .put("from_name", message.fromName())
                .put("chat_content", message.content())
                .put("sent_at", message.sentAt());
        if (audience.place() != null) {
            json.put(audience.kind() == Audience.Kind.ROOM ? "room" : "group", audience.place());
        }
        return new Envelope(message.id(), json.end());
    }

    /** Which delivery it is, read from the place where {@link #envelope} writes it. */
    static Audience.Kind kind(Envelope envelope) {
        return Audience.Kind.of(Integer.parseInt(envelope.json(), KIND_AT, KIND_AT + KIND_DIGITS, 10));
    }

    /** The message in an envelope's JSON; a {@link io.parley.protocol.Refusal} when it is not one. */
    public static Message message(String json) {
        return message(Content.parse(json.getBytes(StandardCharsets.UTF_8)));
    }

    static Message message(Fields fields) {
        return new Message(
                fields.string("message_id"),
                fields.string("client_id"),
                fields.string("chat_from"),
                fields.string("from_name"),
                fields.string("chat_content"),
                fields.number("sent_at", 0),
                audience(fields));
    }

    private static Audience audience(Fields fields) {
        Audience.Kind kind = Audience.Kind.of(fields.optionalNumber("command", 0));
        return switch (kind) {
            case SINGLE -> Audience.ONE;
            case GROUP -> Audience.group(fields.optionalString("group"));
            case BROADCAST -> Audience.EVERYBODY;
            case ROOM -> Audience.room(fields.string("room"));
        };
    }
}
