package io.parley.testkit;

import static io.parley.testkit.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Sets the system property that replays, which other tests would see: so it runs alone, and puts it back. */
@Isolated
class PropertyTest {
    private String replayed;

    @BeforeEach
    void forget() {
        replayed = System.clearProperty("parley.seed");
    }

    @AfterEach
    void putBack() {
        if (replayed == null) {
            System.clearProperty("parley.seed");
        } else {
            System.setProperty("parley.seed", replayed);
        }
    }

    @Test
    void everyCaseIsAnother() {
        Set<Long> seen = new HashSet<>();
        forAll(100, random -> seen.add(random.nextLong()));
        assertThat(seen).hasSize(100);
    }

    @Test
    void aFailureNamesASeedThatRepeatsItsCaseAndNoOther() {
        Set<Long> failed = new HashSet<>();
        Throwable failure = catchThrowable(() -> forAll(100, random -> {
            long number = random.nextLong();
            failed.add(number);
            assertThat(failed).hasSizeLessThan(10);
        }));
        Matcher seed = Pattern.compile("-Dparley\\.seed=(-?\\d+)").matcher(failure.getMessage());
        assertThat(seed.find()).isTrue();

        System.setProperty("parley.seed", seed.group(1));
        Set<Long> again = new HashSet<>();
        assertThatCode(() -> forAll(100, random -> again.add(random.nextLong())))
                .doesNotThrowAnyException();
        assertThat(again).hasSize(1);
        assertThat(failed).containsAll(again);
    }
}
