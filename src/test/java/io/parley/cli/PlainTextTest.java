package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Property;
import org.junit.jupiter.api.Test;

class PlainTextTest {

    @Test
    void anEscapeSequenceBecomesText() {
        assertThat(PlainText.of("\u001b[2Jgone\u0007\r\n\u007f")).isEqualTo("␛[2Jgone␇␍␊␡");
        assertThat(PlainText.of("\u009b31m")).isEqualTo("\ufffd31m");
    }

    @Test
    void theDirectionOfWritingCannotBeTurned() {
        assertThat(PlainText.of("a\u202eb\u2066c\u2028d\ud800")).isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffd");
    }

    @Test
    void ordinaryTextStaysAsItIs() {
        String text = "张三, жизнь, \ud83d\udc69\u200d\ud83d\udcbb – ok";
        assertThat(PlainText.of(text)).isEqualTo(text);
    }

    @Test
    void nothingThatMovesTheCursorPasses() {
        Property.forAll(500, random -> {
            String text = random.ints(30, 0, 0x3000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(PlainText.of(text).chars().noneMatch(Character::isISOControl))
                    .isTrue();
        });
    }
}
