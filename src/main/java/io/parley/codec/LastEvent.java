package io.parley.codec;

import io.parley.protocol.Event;
import java.util.function.Function;

/**
 * What the last event became in one way of writing. In a room the same event is told to one client after the other, all
 * of them on the event loop to which this belongs: so it is written once and not for each of them.
 *
 * @param <T> what events become; whoever is given it must not change it
 */
public final class LastEvent<T> {

    private Event event;
    private T written;

    /** @param writer must write the event alike for every client */
    public T written(Event event, Function<Event, T> writer) {
        if (event != this.event) {
            written = writer.apply(event);
            this.event = event;
        }
        return written;
    }
}
