package io.parley.codec.json;

import io.parley.protocol.ByeReason;
import io.parley.protocol.Envelope;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Message;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the events of one node: what a client hears. Events that this version does not know are skipped, as a newer
 * node may have more; a content that does not fit breaks the stream, as a client has nobody to answer it to.
 */
public final class JsonEventReader implements FrameSplitter.Sink {

    private final Sink sink;
    private final FrameSplitter splitter;

    /** What a client hears. After {@link #broken} nothing follows. */
    public interface Sink {
        void event(Event event);

        /**
         * A message, taken apart: an event like all others, unless this is overridden.
         *
         * @param seq  0 for what was said to everybody or in a room, which nobody acknowledges
         */
        default void message(long seq, boolean replayed, Message message) {
            Envelope envelope = MessageJson.envelope(message);
            event(seq == 0 ? new Event.Heard(envelope) : new Event.Delivery(seq, replayed, envelope));
        }

        void broken(Refusal refusal);
    }

    /**
     * @param maxFrameBytes more than the node's own bound: a delivery has more fields than the command that it came
     * from
     */
    public JsonEventReader(int maxFrameBytes, Sink sink) {
        this.sink = sink;
        this.splitter = new FrameSplitter(maxFrameBytes, this);
    }

    public void feed(Buffer bytes) {
        splitter.feed(bytes);
    }

    @Override
    public void frame(Frame frame) {
        Runnable telling;
        try {
            telling = read(frame, Content.parse(frame.content()));
        } catch (Refusal refusal) {
            splitter.breakOff(refusal);
            return;
        }
        telling.run();
    }

    private Runnable read(Frame frame, Fields fields) {
        return switch (frame.command()) {
            case JsonEvents.SINGLE, JsonEvents.GROUP ->
                telling(fields.number("seq", 1), fields.isTrue("replayed"), MessageJson.message(fields));
            case JsonEvents.BROADCAST, JsonEvents.ROOM -> telling(0, false, MessageJson.message(fields));
            default -> telling(decode(frame, fields));
        };
    }

    private Runnable telling(long seq, boolean replayed, Message message) {
        return () -> sink.message(seq, replayed, message);
    }

    private Runnable telling(Event event) {
        return event == null ? () -> {} : () -> sink.event(event);
    }

    @Override
    public void broken(Refusal refusal) {
        sink.broken(refusal);
    }

    private static Event decode(Frame frame, Fields fields) {
        return switch (frame.command()) {
            case JsonEvents.VERIFIED ->
                fields.number("code", 0) == 1 ? verified(fields) : new Event.NotVerified(refusal(fields));
            case JsonEvents.ENTERED -> new Event.Entered(fields.string("room"), AnswerFields.person(fields));
            case JsonEvents.LEFT -> new Event.Left(fields.string("room"), AnswerFields.person(fields));
            case JsonEvents.LOOK -> AnswerFields.look(fields);
            case JsonEvents.GROUP_CREATED -> new Event.GroupCreated(fields.string("client_id"), fields.string("group"));
            case JsonEvents.GROUP_CHANGED -> new Event.GroupChanged(fields.string("group"));
            case JsonEvents.GROUPS -> AnswerFields.groups(fields);
            case JsonEvents.BYE -> new Event.Bye(ByeReason.of(fields.string("reason")), retryAfter(fields));
            case JsonEvents.PONG -> new Event.Pong(frame.text());
            case JsonEvents.ONLINE -> new Event.OnlineAnswer(online(fields.object("online")));
            case JsonEvents.RECEIPT -> new Event.Receipted(receipt(fields));
            case JsonEvents.ERROR ->
                new Event.Failed(
                        refusal(fields),
                        (int) fields.optionalNumber("command", Integer.MIN_VALUE),
                        fields.optionalString("client_id"));
            default -> null;
        };
    }

    private static Event verified(Fields fields) {
        return new Event.Verified(
                fields.string("user_id"),
                fields.string("user_name"),
                fields.optionalString("token"),
                fields.optionalNumber("token_expires_at", 0),
                Duration.ofSeconds(fields.number("heartbeat_s", 0)),
                (int) fields.number("ack_window", 0),
                fields.number("waiting", 0));
    }

    private static Receipt receipt(Fields fields) {
        return new Receipt(
                fields.string("client_id"),
                fields.optionalString("message_id"),
                AnswerFields.status("status", fields.string("status")),
                fields.has("error") ? refusal(fields) : null,
                fields.optionalString("durability"),
                AnswerFields.spread(fields));
    }

    private static Refusal refusal(Fields fields) {
        return new Refusal(ErrorCode.of(fields.string("error")), fields.string("detail"), retryAfter(fields));
    }

    private static Duration retryAfter(Fields fields) {
        return Duration.ofMillis(fields.optionalNumber("retry_after_ms", 0));
    }

    private static Map<String, Boolean> online(Map<?, ?> fields) {
        Map<String, Boolean> online = new HashMap<>();
        fields.forEach((userId, connected) -> online.put((String) userId, Boolean.TRUE.equals(connected)));
        return online;
    }
}
