package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.RoomTable.Seat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomTableTest {

    private final RoomTable<String> table = new RoomTable<>();

    @Test
    void aSessionHasSeatsUpToItsBound() {
        for (int i = 0; i < RoomTable.MAX_ROOMS; i++) {
            assertThat(table.isFull("s")).isFalse();
            table.take("s", "r" + i);
        }
        assertThat(table.isFull("s")).isTrue();
        assertThat(table.isFull("other")).isFalse();
        assertThat(table.give("s", "r7")).isTrue();
        assertThat(table.isFull("s")).isFalse();
        assertThat(table.give("s", "r7")).isFalse();
    }

    @Test
    void aRefusalTakesBackItsOwnSeatOnly() {
        Seat refused = table.take("s", "r");
        table.give("s", "r");
        Seat next = table.take("s", "r");
        assertThat(table.takeBack("s", "r", refused)).isFalse();
        assertThat(table.has("s", "r")).isTrue();
        assertThat(table.takeBack("s", "r", next)).isTrue();
        assertThat(table.has("s", "r")).isFalse();
        assertThat(table.takeBack("s", "r", next)).isFalse();
    }

    @Test
    void aSeatAloneHearsNothing() {
        table.take("s", "r");
        assertThat(table.listeners("r")).isEmpty();
        table.letIn("s", "r", "ann");
        table.give("s", "r");
        assertThat(table.listeners("r")).as("until it is let out").containsOnlyKeys("s");
        table.letOut("s", "r");
        table.letOut("s", "r");
        assertThat(table.listeners("r")).isEmpty();
    }

    @Test
    void whoEndsGivesUpAllSeats() {
        table.take("s", "b");
        table.take("s", "a");
        assertThat(table.rooms("s")).containsExactly("a", "b");
        assertThat(table.giveAll("s")).containsExactly("a", "b");
        assertThat(table.giveAll("s")).isEmpty();
        assertThat(table.rooms("s")).isEqualTo(List.of());
    }
}
