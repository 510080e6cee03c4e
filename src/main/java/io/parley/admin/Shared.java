package io.parley.admin;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One answer for all who ask at about the same time: a storm of probes costs as much as one of them. Belongs to one
 * event loop.
 */
final class Shared<T> {

    static final Duration LIFE = Duration.ofSeconds(1);

    private final Supplier<Future<T>> question;
    private final LongSupplier nanoTime;
    private Future<T> answer;
    private long askedAt;

    /** @param nanoTime {@link System#nanoTime}, or a test's */
    Shared(Supplier<Future<T>> question, LongSupplier nanoTime) {
        this.question = question;
        this.nanoTime = nanoTime;
    }

    /** The answer that is on its way, or was asked for within {@link #LIFE}; else a new one. */
    Future<T> ask() {
        long now = nanoTime.getAsLong();
        if (answer == null || answer.isComplete() && now - askedAt >= LIFE.toNanos()) {
            askedAt = now;
            answer = question.get();
        }
        return answer;
    }
}
