package io.parley.codec;

import io.parley.protocol.Event;
import io.vertx.core.buffer.Buffer;

/** Turns events into the bytes that one connection's client understands. Belongs to its connection's event loop. */
public interface Encoder {

    /**
     * The event's bytes; null when it does not exist in the version that the client speaks, so nothing is written.
     * Other clients may be given the same buffer, so nobody changes it.
     */
    Buffer encode(Event event);
}
