package io.parley.auth;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class HashPoolTest {

    /** Counts the work instead of timing it, and does none before it is let go. */
    private static final class Counting implements PasswordHash {

        private final List<String> verified = new CopyOnWriteArrayList<>();
        private final CountDownLatch go = new CountDownLatch(1);

        @Override
        public String make(String password) {
            return "hash of " + password;
        }

        @Override
        public boolean verify(String password, String stored) {
            try {
                go.await();
            } catch (InterruptedException closed) {
                throw new IllegalStateException(closed);
            }
            verified.add(stored);
            if (stored.equals("unreadable")) {
                throw new IllegalArgumentException("not of this format");
            }
            return stored.equals(make(password));
        }

        @Override
        public String dummy() {
            return "dummy";
        }

        @Override
        public int maxBytes() {
            return 72;
        }
    }

    private final Counting hash = new Counting();

    @Test
    void unknownHashlessAndUnreadableAccountsCostAVerificationToo(Vertx vertx) throws Exception {
        HashPool pool = new HashPool(vertx, hash, 1, 10);
        hash.go.countDown();
        assertThat(verify(pool, account("hash of secret"))).isTrue();
        assertThat(verify(pool, null)).isFalse();
        assertThat(verify(pool, account(null))).isFalse();
        assertThat(verify(pool, account("unreadable"))).isFalse();
        assertThat(hash.verified).containsExactly("hash of secret", "dummy", "dummy", "unreadable", "dummy");
        pool.close();
    }

    @Test
    void aFullQueueRefusesAtOnceAndTheQueuedAreStillAnswered(Vertx vertx) throws Exception {
        HashPool pool = new HashPool(vertx, hash, 1, 2);
        List<Future<Boolean>> accepted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            accepted.add(pool.verify("secret", account("hash of secret")));
        }
        assertThatThrownBy(() -> verify(pool, account("hash of secret")))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    assertThat(refusal.retryAfter()).isPositive();
                });
        hash.go.countDown();
        Future.all(accepted).await(10, SECONDS);
        assertThat(hash.verified).hasSize(3);
        assertThat(verify(pool, account("hash of secret"))).isTrue();
        pool.close();
    }

    @Test
    void theAnswerComesBackOnTheEventLoopThatAsked(Vertx vertx) throws Exception {
        HashPool pool = new HashPool(vertx, hash, 1, 2);
        hash.go.countDown();
        Context loop = vertx.getOrCreateContext();
        Future<Boolean> sameLoop = Future.future(promise -> loop.runOnContext(on -> pool.verify("secret", null)
                .map(no -> Vertx.currentContext() == loop)
                .onComplete(promise)));
        assertThat(sameLoop.await(10, SECONDS)).isTrue();
        pool.close();
    }

    private static boolean verify(HashPool pool, Account account) throws Exception {
        return pool.verify("secret", account).await(10, SECONDS);
    }

    private static Account account(String passwordHash) {
        return new Account("ann", "Ann", passwordHash, Set.of(), false);
    }
}
