package io.parley.room;

import static io.parley.testkit.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bus.RoomNames.People;
import io.parley.protocol.Person;
import io.parley.room.Rooms.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoomsTest {

    private static final Person ANN = new Person("1", "Ann");
    private static final Person BOB = new Person("2", "Bob");

    private final Rooms rooms = new Rooms(3);

    @Test
    void theFirstOneOpensARoomAndTheLastOneClosesIt() {
        assertThat(rooms.enter("r", "g0", "s1", ANN)).isEqualTo(Entry.FIRST);
        assertThat(rooms.enter("r", "g1", "s2", BOB)).isEqualTo(Entry.ENTERED);
        assertThat(rooms.gateways("r")).containsExactlyInAnyOrder("g0", "g1");
        assertThat(rooms.leave("r", "g0", "s1")).isEqualTo(ANN);
        assertThat(rooms.gateways("r")).containsExactly("g1");
        assertThat(rooms.isOpen("r")).isTrue();
        assertThat(rooms.leave("r", "g1", "s2")).isEqualTo(BOB);
        assertThat(rooms.isOpen("r")).isFalse();
        assertThat(rooms.open()).isEmpty();
        assertThat(rooms.gateways("r")).isEmpty();
        assertThat(rooms.people()).isZero();
    }

    @Test
    void whoIsInIsInOnce() {
        rooms.enter("r", "g", "s", ANN);
        assertThat(rooms.enter("r", "g", "s", ANN)).isEqualTo(Entry.ALREADY);
        assertThat(rooms.people()).isEqualTo(1);
        assertThat(rooms.leave("r", "g", "s")).isEqualTo(ANN);
        assertThat(rooms.leave("r", "g", "s")).isNull();
        assertThat(rooms.leave("other", "g", "s")).isNull();
    }

    @Test
    void aFullRoomTakesNobodyUntilSomebodyLeaves() {
        for (String session : List.of("s1", "s2", "s3")) {
            rooms.enter("r", "g", session, ANN);
        }
        assertThat(rooms.enter("r", "g", "s4", BOB)).isEqualTo(Entry.FULL);
        assertThat(rooms.has("r", "g", "s4")).isFalse();
        assertThat(rooms.enter("other", "g", "s4", BOB)).isEqualTo(Entry.FIRST);
        rooms.leave("r", "g", "s1");
        assertThat(rooms.enter("r", "g", "s4", BOB)).isEqualTo(Entry.ENTERED);
    }

    @Test
    void namesAreSortedAndAsManyAsPeople() {
        Rooms large = new Rooms(100);
        large.enter("r", "g0", "s1", BOB);
        large.enter("r", "g1", "s2", ANN);
        large.enter("r", "g1", "s3", BOB);
        assertThat(large.look(List.of("r", "nowhere"), 10))
                .containsExactly(new People("r", List.of("Ann", "Bob", "Bob"), 3));
        assertThat(large.look(List.of("r"), 2)).containsExactly(new People("r", List.of("Ann", "Bob"), 3));
        large.leave("r", "g1", "s3");
        assertThat(large.look(List.of("r"), 10)).containsExactly(new People("r", List.of("Ann", "Bob"), 2));
    }

    @Test
    void whateverIsDoneItIsASetOfSessions() {
        forAll(300, random -> {
            Rooms tried = new Rooms(6);
            Set<String> model = new HashSet<>();
            for (int step = 0; step < 200; step++) {
                String room = "r" + random.nextInt(2);
                String gateway = "g" + random.nextInt(2);
                String session = "s" + random.nextInt(6);
                String key = room + gateway + session;
                if (random.nextBoolean()) {
                    long there =
                            model.stream().filter(each -> each.startsWith(room)).count();
                    boolean enters = model.contains(key) || there < 6;
                    assertThat(tried.enter(room, gateway, session, ANN) != Entry.FULL)
                            .isEqualTo(enters);
                    if (enters) {
                        model.add(key);
                    }
                } else {
                    assertThat(tried.leave(room, gateway, session) != null).isEqualTo(model.remove(key));
                }
                assertThat(tried.people()).isEqualTo(model.size());
                assertThat(IntStream.range(0, 2)
                                .filter(i -> tried.isOpen("r" + i))
                                .count())
                        .isEqualTo(model.stream()
                                .map(each -> each.substring(0, 2))
                                .distinct()
                                .count());
            }
        });
    }
}
