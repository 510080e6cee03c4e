package io.parley.cli.chat;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread on which a chat lives: what is typed, what arrives and what is shown happen in an order, without
 * locks, and a terminal that is stopped holds up neither the connection's pings nor anything else but this.
 */
final class ChatThread implements AutoCloseable {

    /** Chosen: many times what a node sends without acknowledgements, so that only a broken node fills it. */
    private static final int MOST_WAITING = 10_000;

    private final Promise<Void> broken = Promise.promise();
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "chat");
        thread.setDaemon(true);
        return thread;
    });

    ChatThread() {
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Fails with what the first task threw that threw anything; never succeeds. */
    Future<Void> broken() {
        return broken.future();
    }

    /** Succeeds when the task is done; fails when it threw, when too much waits already, or when the chat is over. */
    Future<Void> run(Runnable task) {
        if (executor.getQueue().size() >= MOST_WAITING) {
            return Future.failedFuture(new Refusal(ErrorCode.TOO_MANY, "more arrives than can be shown"));
        }
        return schedule(Duration.ZERO, task);
    }

    /** Something outside of its tasks has broken the chat. */
    void fail(Throwable cause) {
        broken.tryFail(cause);
    }

    void later(Duration delay, Runnable task) {
        schedule(delay, task);
    }

    /** What waits is not done any more. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    private Future<Void> schedule(Duration delay, Runnable task) {
        Promise<Void> done = Promise.promise();
        try {
            executor.schedule(() -> attempt(task, done), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException over) {
            done.fail(over);
        }
        return done.future();
    }

    private void attempt(Runnable task, Promise<Void> done) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            done.fail(failure);
            broken.tryFail(failure);
            return;
        }
        done.complete();
    }
}
