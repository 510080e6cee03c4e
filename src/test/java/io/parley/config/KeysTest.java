package io.parley.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.config.Fault.Problem;
import io.parley.protocol.Entrance.Guests;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each key of the table, so for a new one too. */
class KeysTest {

    static Stream<Key<?>> everyKey() {
        return Keys.ALL.stream();
    }

    static Stream<Key<?>> everyAmount() {
        return everyKey().filter(key -> key.kind() instanceof Amount);
    }

    static Stream<Key<?>> everySecret() {
        return everyKey().filter(Key::isSecret);
    }

    private static String inSample(Key<?> key) {
        return key.path().replace("[]", "[0]");
    }

    /** Neither an object nor a list, nor text that no name, number, path or word can be. */
    @ParameterizedTest
    @MethodSource("everyKey")
    void whatNoKindAllowsIsOneFaultThatNamesTheKey(Key<?> key) {
        for (Object wrong :
                List.of(new JsonObject().put("a", 1), new JsonArray().add("a"), 1.5, "nul\u0000", new JsonObject())) {
            List<Fault> faults = new Sample().with(key.path(), wrong).faults();
            assertThat(faults).as("%s = %s", key.path(), wrong).anySatisfy(fault -> {
                assertThat(fault.key()).isEqualTo(inSample(key));
                assertThat(fault.problem()).isIn(Problem.WRONG, Problem.USELESS);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("everyKey")
    void hostileValuesNeverThrowAnythingButFaults(Key<?> key) {
        List<Object> hostile = new ArrayList<>(List.of(
                "",
                " ",
                "\n",
                "\u202e",
                "-1",
                "1e9",
                "99999999999999999999",
                "9".repeat(100_000),
                "{",
                "[",
                "tcp://x"));
        hostile.addAll(
                List.of(Integer.MIN_VALUE, Long.MAX_VALUE, Double.NaN, new java.math.BigInteger("9".repeat(99)), true));
        for (Object value : hostile) {
            for (Fault fault : new Sample().with(key.path(), value).faults()) {
                assertThat(fault.toString()).doesNotContain("\n", "\u202e").hasSizeLessThan(500);
            }
            String variable = Layer.ENVIRONMENT.spell(inSample(key));
            for (Fault fault :
                    new Sample().environment(Map.of(variable, value.toString())).faults()) {
                assertThat(fault.toString()).doesNotContain("\n", "\u202e").hasSizeLessThan(500);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyAmount")
    void boundsAreAllowedAndWhatLiesBeyondIsAFaultWithTheRange(Key<?> key) {
        boundsOf(key, (Amount<?>) key.kind());
    }

    private static <T extends Comparable<T>> void boundsOf(Key<?> key, Amount<T> amount) {
        for (T inside : List.of(amount.min(), amount.max())) {
            assertThat(faultsOf(key, amount.toJson(inside)))
                    .noneMatch(fault -> fault.detail().equals(amount.allowed()));
        }
        for (Object outside : beyond(amount)) {
            assertThat(faultsOf(key, outside)).anySatisfy(fault -> {
                assertThat(fault.problem()).isEqualTo(Problem.WRONG);
                assertThat(fault.found()).isNotEmpty();
                assertThat(fault.detail()).isEqualTo(amount.allowed());
            });
        }
    }

    private static List<Fault> faultsOf(Key<?> key, Object value) {
        return new Sample()
                .with(key.path(), value).faults().stream()
                        .filter(fault -> fault.key().equals(inSample(key)))
                        .toList();
    }

    private static List<Object> beyond(Amount<?> amount) {
        if (amount instanceof Amount.Whole whole) {
            return List.of(whole.min() - 1, whole.max() + 1L, "1");
        }
        if (amount instanceof Amount.Size size) {
            return List.of(size.min() - 1, size.max() + 1, "1KB", "-1KiB", "KiB", "1.5KiB", "999999999GiB");
        }
        if (amount instanceof Amount.Span span) {
            return List.of(
                    span.min().minus(Duration.ofMillis(1)).toMillis() + "ms",
                    span.max().plus(Duration.ofMillis(1)).toMillis() + "ms",
                    10,
                    "10",
                    "10 s",
                    "-1s",
                    "1w",
                    "999999999d");
        }
        return List.of("replicated:0", "replicated:10", "replicated:", "replicated:x", 1);
    }

    @ParameterizedTest
    @MethodSource("everyKey")
    void aRequiredKeyThatNobodyGivesIsMissing(Key<?> key) {
        List<Fault> faults = new Sample().with(key.path(), null).faults();
        boolean required = key.need() == Key.Need.REQUIRED && key.fallback().get() == null;
        assertThat(faults.stream().anyMatch(fault -> fault.problem() == Problem.MISSING))
                .isEqualTo(required);
        assertThat(required
                        || key.need() == Key.Need.OPTIONAL
                        || !key.defaultText().isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("everyKey")
    void aDefaultIsAllowed(Key<?> key) {
        assertThat(allowsItsDefault(key)).isTrue();
    }

    private static <T> boolean allowsItsDefault(Key<T> key) {
        T fallback = key.fallback().get();
        return fallback == null || key.kind().allows(fallback);
    }

    @ParameterizedTest
    @MethodSource("everyKey")
    void aMisspeltKeyIsUnknownAndTheRightOneIsNamedButItsValueIsNot(Key<?> key) {
        String misspelt = key.path() + "x";
        List<Fault> faults = new Sample().with(misspelt, "value-of-a-typo").faults();
        assertThat(faults)
                .containsExactly(new Fault(Problem.UNKNOWN, misspelt.replace("[]", "[0]"), "", "", key.path()));
    }

    @ParameterizedTest
    @MethodSource("everyKey")
    void aMisspeltVariableIsUnknownAndTheRightOneIsNamedButItsValueIsNot(Key<?> key) {
        String name = Layer.ENVIRONMENT.spell(inSample(key));
        assertThat(new Sample()
                        .environment(Map.of(name + "X", "value-of-a-typo"))
                        .faults())
                .containsExactly(new Fault(Problem.UNKNOWN, name + "X", "", "", name));
    }

    @ParameterizedTest
    @MethodSource("everySecret")
    void aSecretIsInNoFaultNorInTheEffectiveConfiguration(Key<?> key) {
        String tooLong = "hunter2".repeat(1000);
        assertThat(new Sample().with(key.path(), tooLong).faults().toString()).doesNotContain("hunter2");
        String secret = "hunter2".repeat(10);
        EffectiveConfig effective = new Sample().with(key.path(), secret).effective();
        assertThat(effective.json()).contains("********").doesNotContain("hunter2");
        assertThat(effective.origins().toString()).contains(key.path()).doesNotContain("hunter2");
        assertThat(effective.node().toString()).doesNotContain("hunter2");
    }

    @Test
    void environmentAndPropertyNamesAreDistinct() {
        for (Layer layer : Layer.values()) {
            List<String> names =
                    everyKey().map(key -> layer.spell(inSample(key))).toList();
            assertThat(new HashSet<>(names)).hasSameSizeAs(names);
        }
    }

    @Test
    void recordsThatCodeMakesAreCheckedToo() {
        assertThatThrownBy(() -> new LimitsConfig(11, 256, 128, 262_144, 1024, 512))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limits.maxFrame")
                .hasMessageContaining("11");
        assertThatThrownBy(() -> new ListenerConfig(
                        "main",
                        ListenerConfig.Codec.JSON,
                        "localhost",
                        65536,
                        false,
                        Guests.NONE,
                        false,
                        null,
                        Optional.empty(),
                        Optional.empty()))
                .hasMessageContaining("listeners[].port");
    }
}
