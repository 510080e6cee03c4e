package io.parley.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parley.config.RedisConfig;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The links of one test and the Vert.x that they run on, and what tests say about them. */
public final class TestLinks implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final List<RedisLink> links = new ArrayList<>();

    public Vertx vertx() {
        return vertx;
    }

    /** Connected when this returns. */
    public RedisLink open(RedisConfig config) {
        RedisLink link = start(config);
        link.ready().await();
        return link;
    }

    /** Not necessarily ever connected. */
    public RedisLink start(RedisConfig config) {
        RedisLink link = RedisLink.open(vertx, config);
        links.add(link);
        return link;
    }

    @Override
    public void close() {
        links.forEach(link -> link.close().await());
        vertx.close().await();
    }

    /** The same Redis with other limits. */
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
