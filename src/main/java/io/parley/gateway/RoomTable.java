package io.parley.gateway;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * In which rooms the sessions of one gateway are. Twice, because a room is entered and left when the node's rooms say
 * so, some time after the session has asked for it: a seat is what a session has asked for, by which its next commands
 * are judged; a listener is who has been let in, and hears what happens there.
 *
 * @param <L> a listener
 */
final class RoomTable<L> {

    /** For one session (protocol.md, 8). */
    static final int MAX_ROOMS = 32;

    private final Map<String, Map<String, Seat>> seats = new HashMap<>();
    private final Map<String, Map<String, L>> listeners = new HashMap<>();

    /** A session's place in a room; each join makes another one, which only its own refusal takes back. */
    static final class Seat {
        private Seat() {}
    }

    boolean has(String session, String room) {
        return seats.getOrDefault(session, Map.of()).containsKey(room);
    }

    /** Whether the session is in as many rooms as it may be. */
    boolean isFull(String session) {
        return seats.getOrDefault(session, Map.of()).size() >= MAX_ROOMS;
    }

    Seat take(String session, String room) {
        Seat seat = new Seat();
        seats.computeIfAbsent(session, first -> new TreeMap<>()).put(room, seat);
        return seat;
    }

    /** @return whether the session had a seat in the room */
    boolean give(String session, String room) {
        Map<String, Seat> mine = seats.get(session);
        boolean had = mine != null && mine.remove(room) != null;
        forgetIfEmpty(session, mine);
        return had;
    }

    /** Takes back this seat; false when the session has given it up, or has taken another one since. */
    boolean takeBack(String session, String room, Seat seat) {
        Map<String, Seat> mine = seats.get(session);
        boolean had = mine != null && mine.remove(room, seat);
        forgetIfEmpty(session, mine);
        return had;
    }

    private void forgetIfEmpty(String session, Map<String, Seat> mine) {
        if (mine != null && mine.isEmpty()) {
            seats.remove(session);
        }
    }

    /** The rooms in which a session has a seat, sorted. */
    List<String> rooms(String session) {
        return List.copyOf(seats.getOrDefault(session, Map.of()).keySet());
    }

    /** All seats of a session that has ended. */
    List<String> giveAll(String session) {
        Map<String, Seat> mine = seats.remove(session);
        return mine == null ? List.of() : List.copyOf(mine.keySet());
    }

    /** The node's rooms have let the session in. */
    void letIn(String session, String room, L listener) {
        listeners.computeIfAbsent(room, first -> new LinkedHashMap<>()).put(session, listener);
    }

    /** The node's rooms have let the session out. */
    void letOut(String session, String room) {
        listeners.computeIfPresent(room, (same, all) -> all.remove(session) != null && all.isEmpty() ? null : all);
    }

    /** Who of this gateway hears what happens in the room, by session. */
    Map<String, L> listeners(String room) {
        return listeners.getOrDefault(room, Map.of());
    }
}
