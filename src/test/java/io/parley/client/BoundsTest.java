package io.parley.client;

import static io.parley.testkit.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.Command;
import io.parley.protocol.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a client keeps and how often it tries has bounds. */
class BoundsTest {

    @Test
    void aBackoffGrowsToItsLimitAndNeverComesEarlierThanAsked() {
        forAll(200, random -> {
            Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), random);
            for (int i = 0; i < 40; i++) {
                long limitMillis = Math.min(2_000, 100L << Math.min(i + 1, 10));
                assertThat(backoff.next(Duration.ZERO))
                        .isBetween(Duration.ofMillis(100), Duration.ofMillis(limitMillis));
            }
            assertThat(backoff.next(Duration.ofSeconds(9))).isEqualTo(Duration.ofSeconds(9));
            backoff.reset();
            assertThat(backoff.next(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofMillis(200));
        });
    }

    @Test
    void aBackoffSpreadsTheReturnOfManyClients() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30), new Random(1));
        IntStream.range(0, 20).forEach(i -> backoff.next(Duration.ZERO));
        assertThat(IntStream.range(0, 20)
                        .mapToObj(i -> backoff.next(Duration.ZERO))
                        .distinct())
                .hasSizeGreaterThan(15);
    }

    @Test
    void noMoreThanAWindowOfSendsIsOnTheWire() {
        Outbox outbox = new Outbox(1_000, room -> false);
        List<String> written = new ArrayList<>();
        outbox.open(command -> written.add(((Command.Single) command).clientId()));
        for (int i = 0; i < 300; i++) {
            outbox.send(new Command.Single("c" + i, "10002", ""));
        }
        assertThat(written).hasSize(Outbox.WINDOW);
        outbox.answer(Receipt.delivered("c7", "m"));
        assertThat(written).hasSize(Outbox.WINDOW + 1).endsWith("c" + Outbox.WINDOW);
        written.clear();
        outbox.suspend();
        outbox.open(command -> written.add(((Command.Single) command).clientId()));
        assertThat(written).hasSize(Outbox.WINDOW).startsWith("c0", "c1").doesNotContain("c7");
    }
}
