package io.parley.bus;

import java.util.List;

/**
 * All rooms in which a node has people, in one part or several; replaces what was known of it.
 *
 * @param node   as {@link Addresses#self} says it
 * @param first  whether it is the first part
 * @param last   whether it is the last part
 */
public record RoomsHere(String node, boolean first, boolean last, List<String> rooms) implements Crossing {
    public RoomsHere {
        rooms = List.copyOf(rooms);
    }
}
