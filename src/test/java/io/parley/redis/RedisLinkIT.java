package io.parley.redis;

import static io.parley.redis.TestLinks.assertUnavailable;
import static io.vertx.redis.client.Command.EVAL;
import static io.vertx.redis.client.Command.GET;
import static io.vertx.redis.client.Command.LRANGE;
import static io.vertx.redis.client.Command.RPUSH;
import static io.vertx.redis.client.Command.SET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.config.RedisConfig;
import io.parley.dev.RedisServer;
import io.parley.protocol.Refusal;
import io.parley.testkit.Services;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisLinkIT {

    private final TestLinks links = new TestLinks();
    private final String key = UUID.randomUUID().toString();

    @AfterEach
    void closeLinks() {
        links.close();
    }

    @Test
    void tenThousandCommandsReachRedisInTheOrderInWhichTheyWereSent() {
        RedisLink link = links.open(TestLinks.with(Services.redis(), Duration.ofSeconds(10), 20_000, 0));

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
    void moreCommandsThanMayWaitFailAtOnceAndTheOthersDoNot() {
        RedisConfig config = TestLinks.with(Services.redis(), Duration.ofSeconds(10), 5, 0);
        Promise<List<Future<Response>>> sent = Promise.promise();

        // All in one turn of the link's loop, so that no answer can make room.
        links.vertx().runOnContext(turn -> {
            RedisLink link = links.start(config);
            link.ready()
                    .onSuccess(ready -> sent.complete(IntStream.range(0, 7)
                            .mapToObj(i -> link.send(Request.cmd(SET, key, i)))
                            .toList()));
        });

        List<Future<Response>> replies = sent.future().await();
        replies.subList(5, 7).forEach(TestLinks::assertUnavailable);
        replies.subList(0, 5).forEach(reply -> assertThat(reply.await()).hasToString("OK"));
    }

    @Test
    void anErrorReplyIsABugAndPassesThrough() {
        RedisLink link = links.open(Services.redis());

        assertThatThrownBy(() -> link.send(Request.cmd(EVAL, "nonsense(", 0)).await())
                .isNotInstanceOf(Refusal.class)
                .hasMessageContaining("Error compiling script");
        assertThat(link.send(Request.cmd(SET, key, "still")).await()).hasToString("OK");
    }

    @Test
    void aKilledRedisIsSaidOnceAndSoIsItsReturn() throws Exception {
        RedisServer redis = Services.ownRedis();
        RedisLink link = links.open(redis.config());
        try (LogLines log = new LogLines(RedisLink.class)) {
            redis.kill();

            assertThat(log.next()).startsWith("WARN redis does not answer").endsWith("reason=connection closed");
            assertUnavailable(link.send(Request.cmd(GET, key)));
            redis.restart();
            assertThat(log.next()).startsWith("INFO redis answers again");
            assertThat(link.send(Request.cmd(SET, key, "back")).await()).hasToString("OK");
            assertThat(log.left()).isEmpty();
        } finally {
            redis.kill();
        }
    }

    @Test
    void aHungRedisFailsItsCommandsInAboutTheTimeOutAndServesAgainWhenItWakes() throws Exception {
        Duration timeout = Duration.ofMillis(500);
        RedisServer redis = Services.ownRedis();
        RedisLink link = links.open(TestLinks.with(redis.config(), timeout, 100, 0));
        try (RedisAdmin admin = new RedisAdmin(redis.config());
                LogLines log = new LogLines(RedisLink.class)) {
            admin.freeze();
            Instant sent = Instant.now();

            Future<Response> first = link.send(Request.cmd(GET, key));
            Future<Response> second = link.send(Request.cmd(GET, key));

            assertUnavailable(first);
            assertUnavailable(second);
            assertThat(Duration.between(sent, Instant.now())).isBetween(timeout, timeout.multipliedBy(4));
            assertThat(log.next()).startsWith("WARN").endsWith("reason=no answer in time");
            admin.thaw();
            assertThat(log.next()).startsWith("INFO redis answers again");
            assertThat(link.send(Request.cmd(SET, key, "back")).await()).hasToString("OK");
            assertThat(log.left()).isEmpty();
        } finally {
            redis.kill();
        }
    }

    @Test
    void aRedisThatHangsWhileNothingIsSentIsNoticed() throws Exception {
        RedisServer redis = Services.ownRedis();
        links.open(TestLinks.with(redis.config(), Duration.ofMillis(300), 100, 0));
        try (RedisAdmin admin = new RedisAdmin(redis.config());
                LogLines log = new LogLines(RedisLink.class)) {
            admin.freeze();

            assertThat(log.next()).startsWith("WARN redis does not answer");
        } finally {
            redis.kill();
        }
    }

    @Test
    void aReplicaIsLeftForAMasterAsSoonAsThereIsOne() throws Exception {
        RedisServer redis = Services.ownRedis();
        RedisLink link = links.open(redis.config());
        try (RedisAdmin admin = new RedisAdmin(redis.config());
                LogLines log = new LogLines(RedisLink.class)) {
            admin.run("REPLICAOF", "127.0.0.1", 1);

            assertUnavailable(link.send(Request.cmd(SET, key, "lost")));
            assertThat(log.next()).startsWith("WARN redis does not answer").contains("reason=READONLY");
            admin.run("REPLICAOF", "NO", "ONE");
            assertThat(log.next()).startsWith("INFO redis answers again");
            assertThat(link.send(Request.cmd(SET, key, "kept")).await()).hasToString("OK");
        } finally {
            redis.kill();
        }
    }

    @Test
    void aFullRedisIsAnOutageAlsoInsideAScriptAndSaidOnce() throws Exception {
        RedisServer redis = Services.ownRedis();
        RedisLink link = links.open(redis.config());
        Request script = Request.cmd(EVAL, "return redis.call('SET', KEYS[1], 'x')", 1, key);
        try (RedisAdmin admin = new RedisAdmin(redis.config());
                LogLines log = new LogLines(RedisLink.class)) {
            admin.run("CONFIG", "SET", "maxmemory", 1);

            assertUnavailable(link.send(script));
            assertUnavailable(link.send(Request.cmd(SET, key, "x")));
            assertThat(log.next()).startsWith("WARN redis refuses").contains("OOM");
            admin.run("CONFIG", "SET", "maxmemory", 0);
            assertThat(link.send(script).await()).hasToString("OK");
            assertThat(log.left()).isEmpty();
        } finally {
            redis.kill();
        }
    }

    @Test
    void aWrongPasswordIsSaidOnceWithoutThePassword() throws Exception {
        RedisConfig right = Services.redis();
        RedisConfig wrong = new RedisConfig(
                right.host(), right.port(), null, "guessed-secret", false, null, Duration.ofSeconds(2), 10, 0);
        try (LogLines log = new LogLines(RedisLink.class)) {
            RedisLink link = links.start(wrong);

            assertThat(log.next())
                    .startsWith("WARN redis does not answer")
                    .contains("WRONGPASS")
                    .doesNotContain("secret");
            assertUnavailable(link.send(Request.cmd(GET, key)));
            assertUnavailable(link.close().compose(closed -> link.ready()));
            assertThat(log.left()).isEmpty();
        }
    }

    @Test
    void aMissingPasswordIsAnOutageNotAConnection() throws Exception {
        RedisConfig right = Services.redis();
        RedisConfig without =
                new RedisConfig(right.host(), right.port(), null, null, false, null, Duration.ofSeconds(2), 10, 0);
        try (LogLines log = new LogLines(RedisLink.class)) {
            links.start(without);

            assertThat(log.next()).startsWith("WARN redis does not answer").contains("NOAUTH");
        }
    }

    @Test
    void closingWaitsForWhatIsUnderWay() {
        RedisLink link = links.open(Services.redis());

        Future<Response> last = link.send(Request.cmd(SET, key, "last"));
        link.close().await();

        assertThat(last.await()).hasToString("OK");
        assertUnavailable(link.send(Request.cmd(GET, key)));
    }
}
