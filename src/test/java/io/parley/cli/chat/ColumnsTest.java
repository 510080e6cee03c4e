package io.parley.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Property;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnsTest {

    private static final int[] ALPHABET = {'a', 'b', ' ', '张', '三', '，', 0x301, 0x1f600, 0x1f469, 0x200d};

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        random.ints(random.nextInt(60), 0, ALPHABET.length).forEach(i -> text.appendCodePoint(ALPHABET[i]));
        return text.toString().strip();
    }

    @Test
    void aChineseCharacterTakesTwoColumnsAndAnAccentNone() {
        assertThat(Columns.of("张三ab")).isEqualTo(6);
        assertThat(Columns.of("e\u0301")).isEqualTo(1);
    }

    @Test
    void whatIsFittedHasExactlyTheWidth() {
        assertThat(Columns.fit("张三", 6)).isEqualTo("张三  ");
        assertThat(Columns.fit("欧阳司马诸葛", 8)).isEqualTo("欧阳司..");
        assertThat(Columns.fit("欧阳司马诸葛", 9)).isEqualTo("欧阳司.. ");
        Property.forAll(500, random -> {
            int columns = 4 + random.nextInt(30);
            assertThat(Columns.of(Columns.fit(text(random), columns))).isEqualTo(columns);
        });
    }

    @Test
    void linesAreBrokenAtSpacesAndBetweenChineseCharacters() {
        assertThat(Columns.wrap("one two three", 9)).isEqualTo(List.of("one two", "three"));
        assertThat(Columns.wrap("one two three", 7)).isEqualTo(List.of("one two", "three"));
        assertThat(Columns.wrap("abcdefgh", 3)).isEqualTo(List.of("abc", "def", "gh"));
        assertThat(Columns.wrap("晚上 开会吗", 7)).isEqualTo(List.of("晚上 开", "会吗"));
        assertThat(Columns.wrap("", 7)).isEqualTo(List.of(""));
    }

    @Test
    void wrappedLinesFitAndLoseNothingButSpaces() {
        Property.forAll(1_000, random -> {
            String text = text(random);
            int columns = 2 + random.nextInt(20);
            List<String> lines = Columns.wrap(text, columns);
            assertThat(lines).allSatisfy(line -> assertThat(Columns.of(line)).isLessThanOrEqualTo(columns));
            assertThat(String.join("", lines).replace(" ", "")).isEqualTo(text.replace(" ", ""));
        });
    }

    @Test
    void theLargestMessageIsWrappedInNoTime() {
        String text = "字".repeat(60_000);
        long began = System.nanoTime();
        assertThat(Columns.wrap(text, 10)).hasSize(12_000);
        assertThat(System.nanoTime() - began).isLessThan(5_000_000_000L);
    }
}
