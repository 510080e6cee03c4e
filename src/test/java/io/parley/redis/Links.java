package io.parley.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parley.config.RedisConfig;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Links for tests, and what tests say about them. */
public final class Links {

    private Links() {}

    public static RedisLink open(Vertx vertx, RedisConfig config) {
        RedisLink link = RedisLink.open(vertx, config);
        link.ready().await();
        return link;
    }

    public static RedisConfig with(RedisConfig config, Duration commandTimeout, int maxWaiting, int replicas) {
        return new RedisConfig(
                config.host(),
                config.port(),
                config.user(),
                config.password(),
                config.tls(),
                config.ca(),
                commandTimeout,
                maxWaiting,
                replicas);
    }

    public static void assertUnavailable(Future<?> future) {
        assertThat(catchThrowable(() -> future.await(20, TimeUnit.SECONDS)))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    assertThat(refusal.retryAfter()).isPositive();
                });
    }
}
