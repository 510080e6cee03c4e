package io.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** It answers like a map that forgets its eldest, whatever the keys are. */
class RecentTest {

    private final Recent recent = new Recent();

    @Test
    void emptyItKnowsNothing() {
        assertThat(recent.size()).isZero();
        assertThat(recent.contains("a")).isFalse();
        assertThat(recent.value("a")).isNull();
    }

    @Test
    void theOldestIsForgottenFirst() {
        recent.add("a", "1");
        recent.add("b", "");
        recent.removeOldest();

        assertThat(recent.contains("a")).isFalse();
        assertThat(recent.value("b")).isEmpty();
        recent.removeOldest();
        assertThat(recent.size()).isZero();
        assertThat(recent.contains("b")).isFalse();
    }

    /** "Aa" and "BB" have one hash, and so have all texts made of them. */
    @Test
    void keysOfOneHashAreToldApart() {
        String[] alike = {"AaAa", "AaBB", "BBAa", "BBBB"};
        for (String each : alike) {
            recent.add(each, "v" + each);
        }
        recent.removeOldest();

        assertThat(recent.contains("AaAa")).isFalse();
        for (int i = 1; i < alike.length; i++) {
            assertThat(recent.value(alike[i])).isEqualTo("v" + alike[i]);
        }
    }

    @Test
    void longKeysOfAnyScriptAreKeptWhole() {
        String key = "消息".repeat(32);
        recent.add(key, "x".repeat(255));
        assertThat(recent.value(key)).hasSize(255);
        assertThat(recent.contains("消息".repeat(31) + "消x")).isFalse();
        assertThatThrownBy(() -> recent.add("b", "x".repeat(256))).hasMessageContaining("too long");
        assertThatThrownBy(() -> recent.add("x".repeat(65_536), "")).hasMessageContaining("too long");
    }

    /** Sizes that grow and shrink, so that the ring wraps at every place and the index is rebuilt while it is full. */
    @Test
    void atRandomItIsAMapThatForgetsItsEldest() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Recent tested = new Recent();
            Map<String, String> model = new LinkedHashMap<>();
            int bound = 1 + random.nextInt(60);
            for (int step = 0; step < 600; step++) {
                String key = text(random, 1 + random.nextInt(40));
                if (!model.containsKey(key)) {
                    String value = "v".repeat(random.nextInt(50));
                    model.put(key, value);
                    tested.add(key, value);
                }
                while (model.size() > bound) {
                    Iterator<String> eldest = model.keySet().iterator();
                    eldest.next();
                    eldest.remove();
                    tested.removeOldest();
                }
                String asked = text(random, 1 + random.nextInt(3));
                assertThat(tested.value(asked)).as("seed %d", seed).isEqualTo(model.get(asked));
            }
            model.forEach((key, value) -> assertThat(tested.value(key)).isEqualTo(value));
            assertThat(tested.size()).isEqualTo(model.size());
        }
    }

    private static String text(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }
}
