package io.parley.client;

import io.parley.protocol.Person;
import io.parley.protocol.Refusal;

/** What happens in the rooms that a client is in, besides what is said there. */
public sealed interface RoomNews {

    /** Which room it is about. */
    String room();

    /** @param me whether it is this client's own account */
    record Entered(String room, Person who, boolean me) implements RoomNews {}

    /** @param me whether it is this client's own account */
    record Left(String room, Person who, boolean me) implements RoomNews {}

    /** After a reconnect the node did not let this client in again. */
    record Lost(String room, Refusal why) implements RoomNews {}
}
