package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bus.RoomNames;
import io.parley.bus.RoomNames.People;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookTest {

    private static List<String> names(int from, int to, int characters) {
        return IntStream.range(from, to)
                .mapToObj(i -> ("%0" + characters + "d").formatted(i))
                .toList();
    }

    @Test
    void theNodesAnswersBecomeOneSortedList() {
        RoomNames one = new RoomNames(List.of(new People("r", List.of("b", "d"), 2)));
        RoomNames two = new RoomNames(List.of(new People("s", List.of("x"), 1), new People("r", List.of("a", "c"), 2)));
        assertThat(Look.together(List.of("r", "s", "t"), List.of(one, two)).rooms())
                .containsExactly(
                        new People("r", List.of("a", "b", "c", "d"), 4),
                        new People("s", List.of("x"), 1),
                        new People("t", List.of(), 0));
    }

    @Test
    void ofALargeRoomTheFirstNamesAreToldAndHowManyThereAre() {
        RoomNames one = new RoomNames(List.of(new People("r", names(0, 500, 4), 9_000)));
        RoomNames two = new RoomNames(List.of(new People("r", names(250, 750, 4), 500)));
        People told = Look.together(List.of("r"), List.of(one, two)).rooms().get(0);
        assertThat(told.number()).isEqualTo(9_500);
        assertThat(told.names()).hasSize(500).isSorted().startsWith("0000", "0001");
    }

    /** 64 KiB more than the largest command is what a client must take (protocol.md). */
    @Test
    void howeverManyRoomsAndLongNamesTheAnswerFitsIntoAFrame() {
        List<String> rooms = names(0, 32, 64);
        RoomNames all = new RoomNames(rooms.stream()
                .map(room -> new People(room, names(0, 500, 64), 500))
                .toList());
        List<People> told = Look.together(rooms, List.of(all)).rooms();
        assertThat(told).hasSize(32).allSatisfy(each -> assertThat(each.names()).hasSizeBetween(10, 499));
        assertThat(told.stream()
                        .flatMap(each -> each.names().stream())
                        .mapToInt(String::length)
                        .sum())
                .isLessThan(56 << 10);
    }
}
