package io.parley.room;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which other nodes have people in which rooms, as they say: who has nobody there need not hear of it. */
final class Interests {

    private final Map<String, Set<String>> roomsOfNodes = new HashMap<>();
    /** Parts of lists whose last part has not come. */
    private final Map<String, Set<String>> coming = new HashMap<>();

    void opened(String node, String room) {
        roomsOfNodes.computeIfAbsent(node, first -> new HashSet<>()).add(room);
    }

    void closed(String node, String room) {
        roomsOfNodes.computeIfPresent(node, (same, rooms) -> rooms.remove(room) && rooms.isEmpty() ? null : rooms);
    }

    /** A part of the list of all rooms of a node; the last one replaces what was known. */
    void all(String node, boolean first, boolean last, Collection<String> rooms) {
        if (first) {
            coming.put(node, new HashSet<>());
        }
        Set<String> list = coming.get(node);
        if (list == null) {
            // Its beginning was lost: the next list tells all.
            return;
        }
        list.addAll(rooms);
        if (last) {
            coming.remove(node);
            if (list.isEmpty()) {
                roomsOfNodes.remove(node);
            } else {
                roomsOfNodes.put(node, list);
            }
        }
    }

    /** The node has left: its people are in no room any more. */
    void forget(String node) {
        roomsOfNodes.remove(node);
        coming.remove(node);
    }

    /** Forgets all but these. */
    void retain(Set<String> nodes) {
        roomsOfNodes.keySet().retainAll(nodes);
        coming.keySet().retainAll(nodes);
    }

    /** The nodes with people in the room. */
    List<String> in(String room) {
        return roomsOfNodes.entrySet().stream()
                .filter(node -> node.getValue().contains(room))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The nodes with people in any of the rooms. */
    List<String> inAny(Collection<String> rooms) {
        return roomsOfNodes.entrySet().stream()
                .filter(node -> rooms.stream().anyMatch(node.getValue()::contains))
                .map(Map.Entry::getKey)
                .toList();
    }
}
