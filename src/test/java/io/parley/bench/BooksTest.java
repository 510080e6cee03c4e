package io.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BooksTest {

    private final Latencies latencies = new Latencies();
    private final Books books = new Books(latencies);

    @BeforeEach
    void measure() {
        latencies.begin();
    }

    private static Receipt stored() {
        return Receipt.stored("c", "m", "accepted");
    }

    @Test
    void whatIsPromisedAndArrivesIsComplete() {
        String first = books.next(40);
        String second = books.next(40);
        assertThat(first).hasSize(40);
        books.arrived(first);
        books.receipted(0, stored());
        assertThat(books.areSettled()).isFalse();
        books.receipted(1, stored());
        assertThat(books.areComplete()).isFalse();
        books.arrived(second);
        assertThat(books.areComplete()).isTrue();
        assertThat(books.arrived()).isEqualTo(2);
        assertThat(latencies.count()).isEqualTo(2);
    }

    @Test
    void aLatencyCountsFromWhenTheMessageWasDue() {
        books.arrived(books.next(40, System.nanoTime() - 5_000_000));
        assertThat(latencies.maxMicros()).isBetween(5_000L, 5_000_000L);
    }

    @Test
    void onlyWhatArrivesWhileItIsMeasuredHasALatency() {
        latencies.end();
        books.arrived(books.next(40));
        latencies.begin();
        books.arrived(books.next(40));
        latencies.end();
        books.arrived(books.next(40));
        assertThat(books.arrived()).isEqualTo(3);
        assertThat(latencies.count()).isEqualTo(1);
    }

    @Test
    void aLatencyBeyondAllMeasureIsTheLongest() {
        books.arrived(books.next(40, System.nanoTime() - TimeUnit.DAYS.toNanos(1)));
        assertThat(latencies.maxMicros()).isGreaterThanOrEqualTo(TimeUnit.MINUTES.toMicros(10));
    }

    @Test
    void aPromiseThatDoesNotArriveIsLost() {
        books.next(1);
        books.next(1);
        books.receipted(0, stored());
        books.receipted(1, Receipt.refused("c", "m", new Refusal(ErrorCode.TOO_MANY, "no")));
        assertThat(books.lost()).as("what was refused was not promised").isEqualTo(1);
        assertThat(books.refused()).isEqualTo(1);
    }

    @Test
    void aSecondArrivalAndALateOneAreTold() {
        String first = books.next(1);
        String second = books.next(1);
        books.arrived(second);
        books.arrived(first);
        books.arrived(first);
        assertThat(books.disordered()).isEqualTo(1);
        assertThat(books.repeated()).isEqualTo(1);
        assertThat(books.arrived()).isEqualTo(2);
    }
}
