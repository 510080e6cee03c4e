package io.parley.redis;

import static io.vertx.redis.client.Command.GET;
import static io.vertx.redis.client.Command.LRANGE;
import static io.vertx.redis.client.Command.RPUSH;
import static io.vertx.redis.client.Command.SET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parley.config.RedisConfig;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisLinkIT {

    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final String key = UUID.randomUUID().toString();
    private Vertx vertx;

    @BeforeEach
    void openVertx() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void closeVertx() {
        vertx.close().await();
    }

    @Test
    void tenThousandCommandsReachRedisInTheOrderInWhichTheyWereSent() {
        RedisLink link = opened(RedisProcess.shared().config());

        List<Future<Response>> replies = IntStream.range(0, 10_000)
                .mapToObj(i -> link.send(Request.cmd(RPUSH, key, i)))
                .toList();
        Future.all(replies).await();

        assertThat(link.send(Request.cmd(LRANGE, key, 0, -1)).await())
                .extracting(Response::toString)
                .containsExactlyElementsOf(
                        IntStream.range(0, 10_000).mapToObj(Integer::toString).toList());
    }

    @Test
    void aKilledRedisIsAnOutageSaidOnceAndItsReturnToo() throws Exception {
        try (RedisProcess redis = RedisProcess.with();
                LogLines log = new LogLines(RedisLink.class)) {
            RedisLink link = opened(redis.config());

            redis.kill();
            await(() -> log.about(redis.port()).size() == 1);
            assertUnavailable(link.send(Request.cmd(GET, key)));
            redis.start();
            await(() -> link.send(Request.cmd(GET, key))
                    .transform(done -> Future.succeededFuture(done.succeeded()))
                    .await());

            assertThat(log.about(redis.port()))
                    .satisfiesExactly(
                            gone -> assertThat(gone).startsWith("WARN redis does not answer"),
                            back -> assertThat(back).startsWith("INFO redis answers again"));
        }
    }

    @Test
    void aHungRedisFailsItsCommandsInAboutTheTimeOutAndServesAgainWhenItWakes() {
        try (RedisProcess redis = RedisProcess.with()) {
            RedisLink link = opened(redis.config(TIMEOUT, 100));
            redis.freeze();
            Instant sent = Instant.now();

            assertUnavailable(link.send(Request.cmd(GET, key)));

            assertThat(Duration.between(sent, Instant.now())).isBetween(TIMEOUT, TIMEOUT.multipliedBy(4));
            assertUnavailable(link.send(Request.cmd(GET, key)));
            redis.thaw();
            await(() -> link.send(Request.cmd(SET, key, "again"))
                    .transform(done -> Future.succeededFuture(done.succeeded()))
                    .await());
            assertThat(link.send(Request.cmd(GET, key)).await()).hasToString("again");
        }
    }

    private RedisLink opened(RedisConfig config) {
        RedisLink link = RedisLink.open(vertx, config);
        link.ready().await();
        return link;
    }

    private static void assertUnavailable(Future<?> future) {
        assertThat(catchThrowable(() -> future.await(10, TimeUnit.SECONDS)))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    assertThat(refusal.retryAfter()).isPositive();
                });
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        Instant deadline = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("comes true in time").isBefore(deadline);
            Thread.onSpinWait();
        }
    }
}
