package io.parley.room;

import io.parley.bus.RoomNames;
import io.parley.bus.RoomNames.People;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** One answer to who is in some rooms, put together from what each node says. */
final class Look {

    /** Names that are told of one room (protocol.md, 111). */
    static final int MAX_NAMES = 500;

    /** For the names of all rooms together, so that they fit into a frame; what JSON adds is counted with them. */
    private static final int MAX_BYTES = 56 << 10;

    private static final int JSON_BYTES = 3;

    private Look() {}

    /** @param answers of several nodes, each with its first names in order */
    static RoomNames together(List<String> rooms, Collection<RoomNames> answers) {
        List<People> together = new ArrayList<>();
        for (String room : rooms) {
            List<People> people = answers.stream()
                    .flatMap(answer -> answer.rooms().stream())
                    .filter(each -> each.room().equals(room))
                    .toList();
            List<String> names = people.stream()
                    .flatMap(each -> each.names().stream())
                    .sorted()
                    .limit(MAX_NAMES)
                    .toList();
            int number = people.stream().mapToInt(People::number).sum();
            together.add(new People(room, fitting(names, MAX_BYTES / rooms.size()), number));
        }
        return new RoomNames(together);
    }

    private static List<String> fitting(List<String> names, int bytes) {
        int left = bytes;
        for (int i = 0; i < names.size(); i++) {
            left -= names.get(i).getBytes(StandardCharsets.UTF_8).length + JSON_BYTES;
            if (left < 0) {
                return names.subList(0, i);
            }
        }
        return names;
    }
}
