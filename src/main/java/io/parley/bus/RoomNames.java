package io.parley.bus;

import java.util.List;

/** Who is in some rooms. Rooms in which nobody is may be missing. */
public record RoomNames(List<People> rooms) implements Crossing {
    public RoomNames {
        rooms = List.copyOf(rooms);
    }

    /**
     * @param names   sorted; of many people only the first ones
     * @param number  of people, with and without a name here
     */
    public record People(String room, List<String> names, int number) {
        public People {
            names = List.copyOf(names);
        }
    }
}
