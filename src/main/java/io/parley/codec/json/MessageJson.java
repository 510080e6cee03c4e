package io.parley.codec.json;

import static io.parley.codec.json.ObjectWriter.escaped;

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
        // One concatenation: it takes less time than a writer, and this is made for every message.
        String json = "{\"command\":" + audience.kind().id()
                + ",\"message_id\":\"" + escaped(message.id())
                + "\",\"client_id\":\"" + escaped(message.clientId())
                + "\",\"chat_from\":\"" + escaped(message.chatFrom())
                + "\",\"from_name\":\"" + escaped(message.fromName())
                + "\",\"chat_content\":\"" + escaped(message.content())
                + "\",\"sent_at\":" + message.sentAt()
                + place(audience) + '}';
        return new Envelope(message.id(), json);
    }

    private static String place(Audience audience) {
        if (audience.place() == null) {
            return "";
        }
        String name = audience.kind() == Audience.Kind.ROOM ? "room" : "group";
        return ",\"" + name + "\":\"" + escaped(audience.place()) + '"';
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
