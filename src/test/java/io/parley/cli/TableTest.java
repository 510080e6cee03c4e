package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {

    @Test
    void columnsAreAsWideAsTheirWidestCellAndAChineseCharacterTakesTwoPlaces() {
        List<List<String>> rows = List.of(
                List.of("10001", "张三", "on"), List.of("a", "Zoë", ""), List.of("bob", "Robert", "a long last cell"));
        assertThat(Table.lines(rows))
                .containsExactly("10001  张三    on", "a      Zoë", "bob    Robert  a long last cell");
    }

    @Test
    void noRowsAreNoLines() {
        assertThat(Table.lines(List.of())).isEmpty();
    }
}
