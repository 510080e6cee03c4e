package io.parley.bus;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Lets so many of many questions be asked at a time; the others wait in line. So a message to thousands, each of whom
 * must be looked up, does not overrun who answers. Belongs to one event loop.
 */
public final class Turnstile {

    private static final Refusal TOO_LONG =
            new Refusal(ErrorCode.UNAVAILABLE, "too much waits to be looked up", Duration.ofSeconds(1));

    private final int width;
    private final int maxWaiting;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int inside;
    private boolean admitting;

    /**
     * @param width       questions asked at a time
     * @param maxWaiting  how many may wait in line; more are refused with {@code unavailable}
     */
    public Turnstile(int width, int maxWaiting) {
        this.width = width;
        this.maxWaiting = maxWaiting;
    }

    /** Asks when it is this question's turn, perhaps now; completes like the answer. */
    public <T> Future<T> pass(Supplier<Future<T>> question) {
        if (inside < width) {
            return enter(question);
        }
        if (waiting.size() >= maxWaiting) {
            return Future.failedFuture(TOO_LONG);
        }
        Promise<T> answer = Promise.promise();
        waiting.add(() -> enter(question).onComplete(answer));
        return answer.future();
    }

    private <T> Future<T> enter(Supplier<Future<T>> question) {
        inside++;
        // Composed: a question that throws must give its place back too.
        Future<T> answer = Future.succeededFuture().compose(turn -> question.get());
        answer.onComplete(answered -> leave());
        return answer;
    }

    /** A loop, not a recursion: thousands of answers may be there at once. */
    private void leave() {
        inside--;
        if (admitting) {
            return;
        }
        admitting = true;
        while (inside < width && !waiting.isEmpty()) {
            waiting.remove().run();
        }
        admitting = false;
    }
}
