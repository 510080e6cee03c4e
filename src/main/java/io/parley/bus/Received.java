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

    /** @throws Unreadable when no node of this version has sent it */
    static Received of(Message<Object> message) {
        Object body = body(message);
        if (body instanceof Buffer bytes) {
            return new Received(WireForm.decode(bytes), message);
        }
        if (body instanceof Record || body instanceof Crossing) {
            return new Received(body, message);
        }
        throw new Unreadable(
                "a body of " + (body == null ? "nothing" : body.getClass().getSimpleName()));
    }

    /** The bus reads what came over the wire only when it is asked, and trusts the lengths in it. */
    private static Object body(Message<Object> message) {
        try {
            return message.body();
        } catch (RuntimeException damaged) {
            throw new Unreadable("a damaged body");
        }
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
