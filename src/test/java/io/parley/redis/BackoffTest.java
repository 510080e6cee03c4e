package io.parley.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5), new Random(1));

    @Test
    void eachTryWaitsUpToTwiceAsLongAndNeverLongerThanTheLimit() {
        LongStream.of(50, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000)
                .forEach(most -> assertThat(backoff.next().toMillis()).isBetween(most / 2, most));
    }

    @Test
    void afterAResetItBeginsAgain() {
        backoff.next();
        backoff.next();
        backoff.reset();

        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    void twoThatFailedTogetherDoNotComeBackInStep() {
        Backoff other = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(5), new Random(2));
        Backoff one = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(5), new Random(1_000_003));

        assertThat(one.next()).isNotEqualTo(other.next());
    }
}
