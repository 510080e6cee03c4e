package io.parley.codec.json;

import static io.parley.testkit.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** It writes what a JsonObject would. */
class ObjectWriterTest {

    @Test
    void everyCharacterIsWrittenAsVertxWritesIt() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            if (!Character.isSurrogate((char) c)) {
                String text = "x" + (char) c + (char) c + "y";
                assertThat(new ObjectWriter().put("a", text).end())
                        .isEqualTo(new JsonObject().put("a", text).encode());
            }
        }
    }

    @Test
    void everyObjectIsWrittenAsVertxWritesIt() {
        forAll(2_000, random -> {
            ObjectWriter written = new ObjectWriter();
            JsonObject expected = new JsonObject();
            for (int i = random.nextInt(1, 9); i > 0; i--) {
                String name = "field" + i;
                switch (random.nextInt(4)) {
                    case 0 -> {
                        long number = random.nextLong();
                        written.put(name, number);
                        expected.put(name, number);
                    }
                    case 1 -> {
                        JsonObject part = new JsonObject().put("x", Samples.text(random));
                        written.put(name, part);
                        expected.put(name, part);
                    }
                    default -> {
                        String text = random.nextInt(10) == 0 ? null : Samples.text(random);
                        written.put(name, text);
                        expected.put(name, text);
                    }
                }
            }
            assertThat(written.end()).isEqualTo(expected.encode());
        });
    }
}
