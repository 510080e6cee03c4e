package io.parley.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;

/**
 * A record that came to a clustered address, from this node or another one.
 *
 * @param record   as it was sent
 * @param message  that brought it
 */
public record Received(Object record, Message<Object> message) {

    static Received of(Message<Object> message) {
        Object body = message.body();
        return new Received(body instanceof Buffer bytes ? WireForm.decode(bytes) : body, message);
    }

    /** Answers in the manner in which was asked. */
    public void reply(Crossing answer) {
        if (message.body() instanceof Buffer) {
            message.reply(WireForm.encode(answer));
        } else {
            Bus.reply(message, answer);
        }
    }
}
