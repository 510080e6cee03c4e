package io.parley.bus;

import java.util.List;

/**
 * Asks who is in rooms: in the whole cluster, when it is sent to {@link Addresses#ROOMS}; else on the node that it is
 * sent to. Answered by {@link RoomNames}.
 */
public record AskRooms(List<String> rooms) implements Crossing {
    public AskRooms {
        rooms = List.copyOf(rooms);
    }
}
