package io.parley.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What a program asks of its client, from any thread, done on the client's context in the order in which it came. */
final class Work {

    private final ContextInternal context;
    private final AtomicInteger waiting = new AtomicInteger();

    /** For the context of the caller. */
    Work(Vertx vertx) {
        this.context = (ContextInternal) vertx.getOrCreateContext();
    }

    /** Does it in a turn of its own. */
    <T> Future<T> later(Supplier<Future<T>> work) {
        Promise<T> promise = Promise.promise();
        waiting.incrementAndGet();
        context.runOnContext(turn -> {
            waiting.decrementAndGet();
            attempt(work).onComplete(promise);
        });
        return promise.future();
    }

    /**
     * Does it at once when the caller is on the context and nobody came earlier: a turn of its own costs more than a
     * send. A failure comes later in any case, so that a program which then tries again does not call itself.
     */
    <T> Future<T> soon(Supplier<Future<T>> work) {
        if (waiting.get() > 0 || !context.isRunningOnContext()) {
            return later(work);
        }
        Future<T> result = attempt(work);
        return result.failed() ? later(() -> result) : result;
    }

    private static <T> Future<T> attempt(Supplier<Future<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException failure) {
            return Future.failedFuture(failure);
        }
    }

    /** Runs something on the context. */
    void run(Runnable what) {
        context.runOnContext(turn -> what.run());
    }
}
