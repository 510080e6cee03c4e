package io.parley.codec.json;

import io.parley.protocol.Envelope;
import io.parley.protocol.Event;
import io.parley.protocol.Message;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * Writes events for clients of version 0. They know the answer to verify and deliveries; what else a node says does not
 * exist for them and is null, except why their stream was broken, as the connection closes after it.
 */
final class JsonEventsOfVersion0 implements Event.Handler<Buffer> {

    private static final int VERSION = 0;

    @Override
    public Buffer verified(Event.Verified event) {
        return frame(JsonEvents.VERIFIED, new JsonObject().put("code", 1));
    }

    @Override
    public Buffer notVerified(Event.NotVerified event) {
        return frame(JsonEvents.VERIFIED, new JsonObject().put("code", 0));
    }

    @Override
    public Buffer delivery(Event.Delivery event) {
        return message(event.envelope());
    }

    @Override
    public Buffer heard(Event.Heard event) {
        return message(event.envelope());
    }

    /** Rooms are newer than this version, so nothing of one comes here. */
    private static Buffer message(Envelope envelope) {
        Message message = MessageJson.message(envelope.json());
        JsonObject content =
                new JsonObject().put("chat_from", message.chatFrom()).put("chat_content", message.content());
        return frame(message.audience().kind().id(), content);
    }

    @Override
    public Buffer entered(Event.Entered event) {
        return null;
    }

    @Override
    public Buffer left(Event.Left event) {
        return null;
    }

    @Override
    public Buffer look(Event.LookAnswer event) {
        return null;
    }

    @Override
    public Buffer groupCreated(Event.GroupCreated event) {
        return null;
    }

    @Override
    public Buffer groupChanged(Event.GroupChanged event) {
        return null;
    }

    @Override
    public Buffer groups(Event.GroupsAnswer event) {
        return null;
    }

    @Override
    public Buffer accepted(Event.Accepted event) {
        return null;
    }

    @Override
    public Buffer bye(Event.Bye event) {
        return null;
    }

    @Override
    public Buffer receipted(Event.Receipted event) {
        return null;
    }

    @Override
    public Buffer failed(Event.Failed event) {
        return switch (event.refusal().code()) {
            case BAD_FRAME, FRAME_TOO_LARGE, BAD_VERSION ->
                frame(
                        JsonEvents.ERROR,
                        new JsonObject()
                                .put("error", event.refusal().code().code())
                                .put("detail", event.refusal().detail()));
            default -> null;
        };
    }

    @Override
    public Buffer pong(Event.Pong event) {
        return null;
    }

    @Override
    public Buffer online(Event.OnlineAnswer event) {
        return null;
    }

    private static Buffer frame(int id, JsonObject content) {
        return Frame.bytes(VERSION, id, content.encode());
    }
}
