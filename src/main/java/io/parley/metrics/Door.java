package io.parley.metrics;

import io.parley.protocol.Event;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts who comes and goes through one listener, for its greeting: exactly, and over all gateways that share the port.
 * Safe for use by several threads.
 */
public final class Door {

    private final AtomicLong entered = new AtomicLong();
    private final AtomicLong here = new AtomicLong();

    Door() {}

    /** Somebody has come in. */
    public Event.Accepted enter() {
        return new Event.Accepted(entered.incrementAndGet(), here.incrementAndGet());
    }

    /** One of those who had come in has gone. */
    public void leave() {
        here.decrementAndGet();
    }
}
