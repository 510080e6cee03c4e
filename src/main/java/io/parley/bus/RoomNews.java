package io.parley.bus;

import io.parley.protocol.Envelope;
import io.parley.protocol.Person;
import java.util.List;

/**
 * What happened in rooms, in that order: to a gateway for its sessions, or to another node for its people.
 *
 * @param node  where it happened, as {@link Addresses#self} says it
 */
public record RoomNews(String node, List<Item> items) implements Crossing {
    public RoomNews {
        items = List.copyOf(items);
    }

    public sealed interface Item {}

    /** @param session whose person it is */
    public record Entered(String room, String session, Person who) implements Item {}

    /** @param session whose person it was */
    public record Left(String room, String session, Person who) implements Item {}

    /** @param session the speaker's, who does not hear it */
    public record Said(String room, String session, Envelope envelope) implements Item {}

    /** Said to everybody who is connected. */
    public record Broadcast(String session, Envelope envelope) implements Item {}

    /** The node has its first person in the room: from now on it wants to hear what happens there. */
    public record Opened(String room) implements Item {}

    /** The node has nobody in the room any more. */
    public record Closed(String room) implements Item {}

    /** Something that a newer node tells and this one does not know. */
    public record Unknown() implements Item {}
}
