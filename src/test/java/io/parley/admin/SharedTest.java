package io.parley.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedTest {

    private final List<Promise<Integer>> asked = new ArrayList<>();
    private long nanoTime = Long.MAX_VALUE - 10;
    private final Shared<Integer> shared = new Shared<>(this::ask, () -> nanoTime);

    private Future<Integer> ask() {
        Promise<Integer> answer = Promise.promise();
        asked.add(answer);
        return answer.future();
    }

    @Test
    void thoseWhoAskWhileAnAnswerIsOnItsWayGetThatOneHoweverLongItTakes() {
        Future<Integer> first = shared.ask();
        nanoTime += 10 * Shared.LIFE.toNanos();
        Future<Integer> second = shared.ask();
        asked.get(0).complete(7);
        assertThat(asked).hasSize(1);
        assertThat(first.result()).isEqualTo(7);
        assertThat(second.result()).isEqualTo(7);
    }

    @Test
    void anAnswerLivesASecondFromItsQuestion() {
        shared.ask();
        asked.get(0).complete(1);
        nanoTime += Shared.LIFE.toNanos() - 1;
        assertThat(shared.ask().result()).isEqualTo(1);
        nanoTime += 1;
        assertThat(shared.ask().isComplete()).isFalse();
        assertThat(asked).hasSize(2);
    }

    @Test
    void aFailureIsNoAnswerForEver() {
        shared.ask();
        asked.get(0).fail("broken");
        nanoTime += Shared.LIFE.toNanos();
        shared.ask();
        assertThat(asked).hasSize(2);
    }
}
