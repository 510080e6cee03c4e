package io.parley.client;

import io.parley.protocol.Event;
import java.time.Duration;

/** What becomes of a client's connection. A cause is a {@link LinkFailure} or a {@link io.parley.protocol.Refusal}. */
public sealed interface ClientState {

    /**
     * @param server  the one of {@link ClientOptions#servers} that it is connected to
     * @param again   false for the first connection, true after a reconnect
     */
    record Connected(Event.Verified verified, ClientOptions.Server server, boolean again) implements ClientState {}

    /** The connection is gone, or could not be made again; the next try follows. */
    record Lost(Throwable cause, Duration retryIn) implements ClientState {}

    /** The client does not come back any more; nothing follows. */
    record Ended(Throwable cause) implements ClientState {}
}
