package io.parley.room;

import io.parley.bus.RoomNames.People;
import io.parley.protocol.Person;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who of this node is in which room. A room is here as long as somebody is in it. */
final class Rooms {

    private final int maxPeople;
    private final Map<String, Room> rooms = new HashMap<>();
    private int people;

    /** @param maxPeople of this node in one room */
    Rooms(int maxPeople) {
        this.maxPeople = maxPeople;
    }

    /** What became of somebody who wants to enter. */
    enum Entry {
        /** Is in it now, as the first one of this node. */
        FIRST,
        /** Is in it now. */
        ENTERED,
        /** Was in it before. */
        ALREADY,
        /** The room is full. */
        FULL
    }

    Entry enter(String room, String gateway, String session, Person who) {
        Room entered = rooms.get(room);
        if (entered == null) {
            rooms.put(room, entered = new Room());
        } else if (entered.has(gateway, session)) {
            return Entry.ALREADY;
        } else if (entered.people >= maxPeople) {
            return Entry.FULL;
        }
        entered.add(gateway, session, who);
        people++;
        return entered.people == 1 ? Entry.FIRST : Entry.ENTERED;
    }

    /** Who it was; null when the session was not in the room. */
    Person leave(String room, String gateway, String session) {
        Room left = rooms.get(room);
        Person who = left == null ? null : left.remove(gateway, session);
        if (who != null) {
            people--;
            if (left.people == 0) {
                rooms.remove(room);
            }
        }
        return who;
    }

    boolean has(String room, String gateway, String session) {
        Room there = rooms.get(room);
        return there != null && there.has(gateway, session);
    }

    /** Whether anybody of this node is in it. */
    boolean isOpen(String room) {
        return rooms.containsKey(room);
    }

    /** The gateways that have somebody in the room. */
    Set<String> gateways(String room) {
        Room there = rooms.get(room);
        return there == null ? Set.of() : there.sessions.keySet();
    }

    /** All rooms with people of this node. */
    Set<String> open() {
        return rooms.keySet();
    }

    /** How many people there are in all rooms; who is in two counts twice. */
    int people() {
        return people;
    }

    /** Who is in these rooms; those where nobody is are left out. */
    List<People> look(Collection<String> names, int maxNames) {
        return names.stream()
                .filter(rooms::containsKey)
                .map(room -> new People(room, rooms.get(room).first(maxNames), rooms.get(room).people))
                .toList();
    }

    /** One room. The names are kept sorted, so that a look at a large room costs no more than what it shows. */
    private static final class Room {

        private final Map<String, Map<String, Person>> sessions = new HashMap<>();
        private final TreeMap<String, Integer> names = new TreeMap<>();
        private int people;

        boolean has(String gateway, String session) {
            Map<String, Person> there = sessions.get(gateway);
            return there != null && there.containsKey(session);
        }

        void add(String gateway, String session, Person who) {
            sessions.computeIfAbsent(gateway, first -> new HashMap<>()).put(session, who);
            names.merge(who.name(), 1, Integer::sum);
            people++;
        }

        Person remove(String gateway, String session) {
            Map<String, Person> there = sessions.get(gateway);
            Person who = there == null ? null : there.remove(session);
            if (who != null) {
                names.computeIfPresent(who.name(), (name, number) -> number == 1 ? null : number - 1);
                people--;
                if (there.isEmpty()) {
                    sessions.remove(gateway);
                }
            }
            return who;
        }

        /** The first names in order; one that several people have comes as often. */
        List<String> first(int max) {
            List<String> first = new ArrayList<>();
            for (Map.Entry<String, Integer> name : names.entrySet()) {
                for (int i = 0; i < name.getValue() && first.size() < max; i++) {
                    first.add(name.getKey());
                }
                if (first.size() == max) {
                    break;
                }
            }
            return first;
        }
    }
}
