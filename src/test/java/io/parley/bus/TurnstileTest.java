package io.parley.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    private final List<Promise<Integer>> asked = new ArrayList<>();

    private Future<Integer> pass(Turnstile turnstile) {
        return turnstile.pass(() -> {
            asked.add(Promise.promise());
            return asked.get(asked.size() - 1).future();
        });
    }

    @Test
    void soManyAreAskedAtATimeAndTheOthersInOrder() {
        Turnstile turnstile = new Turnstile(2, 10);
        List<Future<Integer>> answers =
                IntStream.range(0, 4).mapToObj(i -> pass(turnstile)).toList();
        assertThat(asked).hasSize(2);
        asked.get(1).complete(1);
        assertThat(asked).hasSize(3);
        asked.get(0).fail("broken");
        assertThat(asked).hasSize(4);
        asked.get(2).complete(2);
        asked.get(3).complete(3);
        assertThat(answers.get(0).cause()).hasMessage("broken");
        assertThat(answers.subList(1, 4)).extracting(Future::result).containsExactly(1, 2, 3);
    }

    @Test
    void whoCannotEvenWaitIsRefused() {
        Turnstile turnstile = new Turnstile(1, 1);
        pass(turnstile);
        Future<Integer> waiting = pass(turnstile);
        assertThat(pass(turnstile).cause()).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                .isEqualTo(ErrorCode.UNAVAILABLE));
        asked.get(0).complete(0);
        asked.get(1).complete(1);
        assertThat(waiting.result()).isEqualTo(1);
    }

    @Test
    void aQuestionThatThrowsGivesItsPlaceBack() {
        Turnstile turnstile = new Turnstile(1, 1);
        Future<Integer> thrown = turnstile.pass(() -> {
            throw new IllegalStateException("a mistake of ours");
        });
        assertThat(thrown.cause()).hasMessage("a mistake of ours");
        pass(turnstile);
        assertThat(asked).hasSize(1);
    }

    /** A recursion would overflow the stack. */
    @Test
    void thousandsMayBeAnsweredAtOnce() {
        Turnstile turnstile = new Turnstile(1, 100_000);
        Future<Integer> first = pass(turnstile);
        List<Future<Integer>> others = IntStream.range(0, 100_000)
                .mapToObj(i -> turnstile.pass(() -> Future.succeededFuture(i)))
                .toList();
        asked.get(0).complete(0);
        assertThat(first.succeeded()).isTrue();
        assertThat(others).allMatch(Future::succeeded);
    }
}
