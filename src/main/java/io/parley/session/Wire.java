package io.parley.session;

import io.parley.protocol.Entrance;
import io.parley.protocol.Event;

/** What a session does to its client's connection. Nothing here waits or throws. */
public interface Wire {

    /** Where the client came in. */
    Entrance entrance();

    /** Writes an event after all those written before. */
    void send(Event event);

    /**
     * Writes a delivery after all those written before.
     *
     * @param written runs when the socket has taken it; in the dialect without acknowledgements that is what counts
     */
    void deliver(Event.Delivery delivery, Runnable written);

    /** Stops reading from the client; what it sends meanwhile waits in the network. */
    void pauseReading();

    void resumeReading();

    /** Closes once what was sent before has been written; within seconds all the same when the client does not read. */
    void close();

    /** Closes at once, for a client that has stopped reading. */
    void cut();
}
