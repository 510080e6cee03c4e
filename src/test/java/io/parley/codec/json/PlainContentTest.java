package io.parley.codec.json;

import static io.parley.testkit.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read without Jackson is what Jackson reads; anything else is left to it. */
class PlainContentTest {

    /** What makes trouble where it is put. */
    private static final String[] SPLINTERS = {
        "\"",
        "\\",
        "{",
        "}",
        ":",
        ",",
        " ",
        "0",
        "01",
        "-",
        "1.5",
        "1e3",
        "true",
        "null",
        "[]",
        "\n",
        "\u0000",
        "\ufffd",
        "张",
        "\"seq\":1,",
        ",\"x\":2",
        "99999999999999999999"
    };

    private static PlainContent of(String content) {
        return PlainContent.of(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aDamagedFrameIsReadAsJacksonReadsItOrNotAtAll() {
        forAll(20_000, random -> {
            byte[] bytes = damaged(frame(random), random);
            PlainContent plain = PlainContent.of(bytes);
            if (plain != null) {
                assertSame(plain, bytes);
            }
        });
    }

    private static byte[] frame(RandomGenerator random) {
        Buffer frame = random.nextBoolean()
                ? JsonCommands.encode(Samples.command(random))
                : Samples.event(random).to(new JsonEvents());
        return frame.getBytes(Frame.HEADER_BYTES, frame.length());
    }

    /** With a byte changed, a piece left out, or a splinter put in, up to three times. */
    private static byte[] damaged(byte[] bytes, RandomGenerator random) {
        Buffer damaged = Buffer.buffer(bytes);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(damaged.length() + 1);
            int next = Math.min(damaged.length(), at + random.nextInt(3));
            Buffer head = damaged.getBuffer(0, at);
            Buffer tail = damaged.getBuffer(next, damaged.length());
            switch (random.nextInt(3)) {
                case 0 -> head.appendByte((byte) random.nextInt(256));
                case 1 -> head.appendString(SPLINTERS[random.nextInt(SPLINTERS.length)]);
                default -> {}
            }
            damaged = head.appendBuffer(tail);
        }
        return damaged.getBytes();
    }

    private static void assertSame(PlainContent plain, byte[] bytes) {
        String content = new String(bytes, StandardCharsets.UTF_8);
        Map<String, Object> fields;
        try {
            fields = Content.parseAny(bytes);
        } catch (Refusal refusal) {
            throw new AssertionError(content, refusal);
        }
        fields.forEach(
                (name, value) -> assertThat(plain.value(name)).as(content).isEqualTo(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":\"\"}",
                "{\"seq\":0}",
                "{\"seq\": 999999999999999999, \"b\" : true }",
                "{\"a\":false,\"名\":\"张三 \ud83d\ude00\"}",
            })
    void theUsualShapesAreRead(String content) {
        assertSame(of(content), content.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}x",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\":01}",
                "{\"a\":-1}",
                "{\"a\":1.0}",
                "{\"a\":1e3}",
                "{\"a\":1000000000000000000}",
                "{\"a\":null}",
                "{\"a\":truE}",
                "{\"a\":tru",
                "{\"a\":[]}",
                "{\"a\":{}}",
                "{\"a\":\"\\n\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"x",
                "{\"a\":\"\ufffd\"}",
                "\ufeff{}"
            })
    void everythingElseIsLeftToJackson(String content) {
        assertThat(of(content)).isNull();
    }

    @Test
    void aNameOrARowOfFieldsThatIsTooLongIsLeftToJackson() {
        assertThat(of("{\"" + "a".repeat(64) + "\":1}")).isNotNull();
        assertThat(of("{\"" + "a".repeat(65) + "\":1}")).isNull();
        StringBuilder twelve = new StringBuilder("{\"f1\":1");
        for (int i = 2; i <= 12; i++) {
            twelve.append(",\"f").append(i).append("\":").append(i);
        }
        assertThat(of(twelve + "}").value("f12")).isEqualTo(12L);
        assertThat(of(twelve + ",\"f13\":13}")).isNull();
    }
}
