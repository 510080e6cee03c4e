package io.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PacerTest {

    private static final int RATE = 1_000;
    private static final int MILLIS = 300;

    private static Vertx vertx;

    private final List<Integer> turns = new ArrayList<>();
    private final List<Long> due = new ArrayList<>();

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    private Pacer run(Pacer.Sender sender) throws Exception {
        Promise<Pacer> stopped = Promise.promise();
        vertx.runOnContext(turn -> {
            Pacer pacer = new Pacer(vertx, RATE, 3, sender);
            vertx.setTimer(MILLIS, over -> {
                pacer.stop();
                stopped.complete(pacer);
            });
        });
        return stopped.future().await(30, TimeUnit.SECONDS);
    }

    @Test
    void eachSenderHasItsTurnAndTheMessagesAreDueOneAfterTheOther() throws Exception {
        Pacer pacer = run((index, dueNanos) -> {
            turns.add(index);
            due.add(dueNanos);
            return true;
        });
        assertThat(turns).hasSizeGreaterThan(MILLIS * RATE / 1_000 / 2).startsWith(0, 1, 2, 0);
        for (int i = 1; i < due.size(); i++) {
            assertThat(due.get(i) - due.get(0)).isEqualTo(i * 1_000_000L);
        }
        assertThat(turns.size() + pacer.unsent()).isGreaterThanOrEqualTo(MILLIS * RATE / 1_000);
    }

    @Test
    void whoCannotSendIsPassedOver() throws Exception {
        run((index, dueNanos) -> {
            turns.add(index);
            return index == 1;
        });
        assertThat(turns).startsWith(0, 1, 2, 0, 1);
    }

    @Test
    void whatNobodyCouldSendIsTold() throws Exception {
        assertThat(run((index, dueNanos) -> false).unsent()).isGreaterThanOrEqualTo(MILLIS * RATE / 1_000);
    }
}
