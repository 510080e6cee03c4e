package io.parley.auth;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies passwords off the event loop, with a fixed number of threads and a bounded queue: a storm of logins is
 * answered with {@code unavailable} and cannot starve anything else.
 */
final class HashPool {

    private static final Logger log = LoggerFactory.getLogger(HashPool.class);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final PasswordHash hash;
    private final ThreadPoolExecutor threads;

    HashPool(Vertx vertx, PasswordHash hash, int threads, int queue) {
        this.vertx = vertx;
        this.hash = hash;
        AtomicInteger number = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), task -> {
                    Thread thread = new Thread(task, "parley-hash-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Whether this is the account's password. Without an account, or without a hash that can be read, the answer is no
     * after the same work, so that the time does not tell who exists.
     *
     * @param account  null when there is none
     * @return completes on the caller's context; fails with {@code unavailable} when the queue is full
     */
    Future<Boolean> verify(String password, Account account) {
        Context caller = vertx.getOrCreateContext();
        Promise<Boolean> answer = Promise.promise();
        try {
            threads.execute(() -> {
                Future<Boolean> verified = work(password, account);
                caller.runOnContext(back -> verified.onComplete(answer));
            });
        } catch (RejectedExecutionException full) {
            answer.fail(
                    new Refusal(ErrorCode.UNAVAILABLE, "too many logins are being checked at the moment", RETRY_AFTER));
        }
        return answer.future();
    }

    /** How many wait for a thread; from any thread. */
    int waiting() {
        return threads.getQueue().size();
    }

    /** Logins that are being checked are dropped unanswered: the node is going. */
    void close() {
        threads.shutdownNow();
    }

    private Future<Boolean> work(String password, Account account) {
        try {
            String stored = account == null || account.passwordHash() == null ? hash.dummy() : account.passwordHash();
            return Future.succeededFuture(hash.verify(password, stored));
        } catch (IllegalArgumentException unreadable) {
            log.warn(
                    "stored password is not in the configured format uid={} fault={}",
                    account.id(),
                    unreadable.getMessage());
            hash.verify(password, hash.dummy());
            return Future.succeededFuture(false);
        } catch (RuntimeException | Error bug) {
            return Future.failedFuture(bug);
        }
    }
}
