package io.parley.auth;

import static io.parley.auth.AuthNode.refused;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bus.Lookup;
import io.parley.config.AuthConfig;
import io.parley.config.AuthConfig.HashFormat;
import io.parley.config.MySqlConfig;
import io.parley.dev.MariaDbServer;
import io.parley.dev.RedisServer;
import io.parley.protocol.Entrance.Guests;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Identity;
import io.parley.protocol.Refusal;
import io.parley.schema.Migrations;
import io.parley.testkit.CapturedLog;
import io.parley.testkit.Services;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Promise 9: a store that is down is an error, and both recover by themselves. */
@ExtendWith(VertxExtension.class)
class StoreOutageIT {

    private final AuthConfig config = AuthNode.config(null, HashFormat.BCRYPT);
    private final MariaDbServer mysql = Services.ownMariaDb();
    private final RedisServer redis = Services.ownRedis();
    private StallingProxy proxy;
    private AuthNode node;
    private Identity ann;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        Migrations.of(vertx, mysql.config(), true).apply().await(60, SECONDS);
        AccountAdmin admin = AccountAdmin.open(vertx, config, mysql.config(), redis.config());
        admin.add(new NewAccount("ann", "Ann", "secret", Set.of())).await(10, SECONDS);
        admin.close().await(10, SECONDS);
        proxy = StallingProxy.before(
                vertx, mysql.config().host(), mysql.config().port());
        node = AuthNode.start(vertx, config, through(mysql.config(), proxy.port()), redis.config());
        ann = node.enters("ann", "secret");
        assertThat(node.lookup("ann")).isEqualTo(new Lookup.Found("ann"));
        assertThat(node.token("ann", ann.token())).isEqualTo(ann);
    }

    @AfterEach
    void stop() throws IOException {
        mysql.stop();
        redis.stop();
    }

    @Test
    void withoutMySqlTokensWorkAndPasswordsAreUnavailableUntilItIsBack() throws Exception {
        try (CapturedLog log = CapturedLog.ofParley()) {
            mysql.kill();
            for (int i = 0; i < 3; i++) {
                Object refusal = node.password("ann", "secret");
                refused(refusal, ErrorCode.UNAVAILABLE);
                assertThat(((Refusal) refusal).retryAfter()).isPositive();
                refused(node.lookup("bob"), ErrorCode.UNAVAILABLE);
                refused(node.guest("bob", Guests.WELCOME, false), ErrorCode.UNAVAILABLE);
            }
            assertThat(node.lookup("ann")).isEqualTo(new Lookup.Found("ann"));
            assertThat(node.token("ann", ann.token())).isEqualTo(ann);

            mysql.restart();
            // The pool finds out by itself, without a request.
            log.await(1, "mysql answers again");
            assertThat(node.enters("ann", "secret").userId()).isEqualTo("ann");
            refused(node.lookup("bob"), ErrorCode.UNKNOWN_USER);
            assertThat(log.lines("mysql does not answer")).hasSize(1);
            assertThat(log.lines("mysql answers again")).hasSize(1);
        }
    }

    @Test
    void anOutageIsNotCountedAsWrongPasswords() throws Exception {
        mysql.kill();
        for (int i = 0; i <= config.maxFailures(); i++) {
            refused(node.password("ann", "secret"), ErrorCode.UNAVAILABLE);
        }
        mysql.restart();
        eventually(() -> node.password("ann", "secret") instanceof Identity);
    }

    @Test
    void withoutRedisTokensAreUnavailableUntilItIsBack() throws Exception {
        redis.kill();
        eventually(() -> node.token("ann", ann.token()) instanceof Refusal);
        refused(node.token("ann", ann.token()), ErrorCode.UNAVAILABLE);
        refused(node.token("ann", "not a token"), ErrorCode.BAD_CREDENTIALS);
        redis.restart();
        eventually(() -> node.token("ann", ann.token()).equals(ann));
    }

    @Test
    void aMySqlThatHangsIsAnsweredForWithinTheQueryTimeout() throws Exception {
        Duration limit = mysql.config().queryTimeout().plusSeconds(2);
        proxy.stall();
        for (int i = 0; i < 2; i++) {
            long start = System.nanoTime();
            refused(node.password("ann", "secret"), ErrorCode.UNAVAILABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit);
        }
        assertThat(node.token("ann", ann.token())).isEqualTo(ann);
        proxy.resume();
        eventually(() -> node.password("ann", "secret") instanceof Identity);
    }

    private static MySqlConfig through(MySqlConfig server, int port) {
        return new MySqlConfig(
                server.host(),
                port,
                server.database(),
                server.user(),
                server.password(),
                server.tls(),
                server.ca(),
                server.poolSize(),
                server.waitQueue(),
                server.queryTimeout());
    }

    private static void eventually(Callable<Boolean> holds) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!holds.call()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
