package io.parley.promises;

import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.ERROR;
import static io.parley.testkit.RawClient.ONLINE;
import static io.parley.testkit.RawClient.PATIENCE;
import static io.parley.testkit.RawClient.RECEIPT;
import static io.parley.testkit.RawClient.VERIFIED;
import static io.parley.testkit.RawClient.VERIFY;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.MySqlConfig;
import io.parley.config.RedisConfig;
import io.parley.dev.MariaDbServer;
import io.parley.dev.RedisServer;
import io.parley.testkit.CapturedLog;
import io.parley.testkit.Proxy;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Promise 9: a store that is down is an error and not a loss. Those who are connected go on, what needs the store is
 * refused with {@code unavailable}, and when it is back all works again, without a restart and without anybody having
 * been disconnected.
 */
class AStoreThatIsDownIT {

    /** Many times the time-out of a store's answer that is configured here. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static RedisServer redis;
    private static MariaDbServer mysql;
    private static Proxy toRedis;
    private static Proxy toMysql;

    private final List<String> users = TestNode.fresh(7);
    private final String ann = users.get(0);
    private final String bob = users.get(1);
    /** Connected, but nobody has written to them while they were. */
    private final String cay = users.get(2);
    /** Connected; leaves without having acknowledged. */
    private final String dan = users.get(3);
    /** Not connected; has a token. */
    private final String eve = users.get(4);
    /** Not connected, and never written to. */
    private final String absent = users.get(5);

    private final String late = users.get(6);

    private TestNode node;
    private String token;
    private boolean redisKilled;
    private boolean mysqlKilled;
    private int sent;

    /** How a store can be away: its process is gone, or everything to and from it is swallowed. */
    private enum Outage {
        KILLED,
        HUNG
    }

    @BeforeAll
    static void startStores() {
        redis = Services.ownRedis();
        mysql = Services.ownMariaDb();
        toRedis = Proxy.to(redis.config().host(), redis.config().port());
        toMysql = Proxy.to(mysql.config().host(), mysql.config().port());
    }

    @AfterAll
    static void stopStores() throws IOException {
        toRedis.close();
        toMysql.close();
        redis.stop();
        mysql.stop();
    }

    @BeforeEach
    void start() {
        RedisConfig r = redis.config();
        MySqlConfig m = mysql.config();
        JsonObject impatient = new JsonObject()
                .put("redis", new JsonObject().put("port", toRedis.port()).put("commandTimeout", "1s"))
                .put("mysql", new JsonObject().put("port", toMysql.port()).put("queryTimeout", "1s"));
        node = TestNode.start(m, r, impatient);
        users.forEach(node::add);
        RawClient before = RawClient.connect(node.port());
        before.verify(eve, TestNode.PASSWORD);
        token = before.expect(VERIFIED).getString("token");
        before.send(RawClient.LOGOUT, new JsonObject());
        before.expect(RawClient.BYE);
    }

    @AfterEach
    void stop() throws IOException {
        // Also after a test that failed in the middle of its outage.
        startRedis();
        startMysql();
        node.close();
    }

    @ParameterizedTest
    @EnumSource
    void withoutRedisThoseOnlineGoOnAndTheRestIsRefusedUntilItIsBack(Outage outage) throws IOException {
        RawClient sender = RawClient.login(node.port(), ann);
        RawClient known = drained(sender, bob);
        RawClient stranger = drained(sender, cay);
        RawClient leaving = drained(sender, dan);
        assertThat(exchange(sender, known, bob)).isEqualTo("delivered");
        sender.single("unacknowledged", dan, "x");
        leaving.expect(DELIVERY);
        try (CapturedLog log = CapturedLog.ofParley()) {
            stopRedis(outage);
            assertThat(exchange(sender, known, bob)).isEqualTo("delivered");
            assertThat(exchange(sender, stranger, cay)).isEqualTo("delivered");
            leaving.cut();
            assertUnavailable(sender.expect(RECEIPT));
            sender.single("for later", absent, "x");
            assertUnavailable(sender.expect(RECEIPT));
            sender.send(ONLINE, new JsonObject().put("user_ids", List.of(bob)));
            assertUnavailable(sender.expect(ERROR));
            assertUnavailable(login(new JsonObject().put("user_id", late).put("password", TestNode.PASSWORD)));
            assertUnavailable(login(new JsonObject().put("user_id", eve).put("token", token)));

            startRedis();
            log.await(1, "redis answers again");
            RawClient newcomer = loginEventually(late);
            assertThat(storedEventually(sender, absent)).isEqualTo("stored");
            assertThat(exchange(newcomer, known, bob)).isEqualTo("delivered");
            assertThat(exchange(sender, known, bob)).isEqualTo("delivered");
            assertThat(exchange(known, sender, ann)).isIn("delivered", "stored");
            assertThat(exchange(sender, stranger, cay)).isEqualTo("delivered");
            assertSaidOnce(log, "redis");
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutMySqlAllGoesOnButPasswordsAndUnknownRecipientsUntilItIsBack(Outage outage) throws IOException {
        RawClient sender = RawClient.login(node.port(), ann);
        RawClient known = drained(sender, bob);
        RawClient stranger = RawClient.login(node.port(), cay);
        assertThat(exchange(sender, known, bob)).isEqualTo("delivered");
        try (CapturedLog log = CapturedLog.ofParley()) {
            stopMysql(outage);
            assertThat(exchange(sender, known, bob)).isEqualTo("delivered");
            assertThat(exchange(sender, stranger, cay)).isIn("delivered", "stored");
            sender.single("for later", absent, "x");
            assertUnavailable(sender.expect(RECEIPT));
            assertUnavailable(login(new JsonObject().put("user_id", late).put("password", TestNode.PASSWORD)));
            RawClient withToken = RawClient.connect(node.port());
            withToken.send(VERIFY, new JsonObject().put("user_id", eve).put("token", token));
            assertThat(withToken.expect(VERIFIED).getInteger("code")).isEqualTo(1);
            assertThat(exchange(sender, withToken, eve)).isIn("delivered", "stored");

            startMysql();
            log.await(1, "mysql answers again");
            RawClient newcomer = loginEventually(late);
            assertThat(storedEventually(sender, absent)).isEqualTo("stored");
            assertThat(exchange(newcomer, known, bob)).isEqualTo("delivered");
            assertThat(exchange(sender, stranger, cay)).isEqualTo("delivered");
            assertSaidOnce(log, "mysql");
        }
    }

    private void stopRedis(Outage outage) throws IOException {
        if (outage == Outage.KILLED) {
            redisKilled = true;
            redis.kill();
        } else {
            toRedis.stall();
        }
    }

    private void startRedis() throws IOException {
        toRedis.resume();
        if (redisKilled) {
            redis.restart();
            redisKilled = false;
        }
    }

    private void stopMysql(Outage outage) throws IOException {
        if (outage == Outage.KILLED) {
            mysqlKilled = true;
            mysql.kill();
        } else {
            toMysql.stall();
        }
    }

    private void startMysql() throws IOException {
        toMysql.resume();
        if (mysqlKilled) {
            mysql.restart();
            mysqlKilled = false;
        }
    }

    /** Logged in, its login drain at the end, and its location known to nobody but Redis: it had a message waiting. */
    private RawClient drained(RawClient sender, String user) {
        sender.single("waits " + user, user, "x");
        assertThat(sender.expect(RECEIPT).getString("status")).isEqualTo("stored");
        RawClient client = RawClient.login(node.port(), user);
        client.ack(client.expect(DELIVERY).getLong("seq"));
        client.pingPong();
        return client;
    }

    /** One message, received and acknowledged; returns its receipt's status. */
    private String exchange(RawClient from, RawClient to, String recipient) {
        String clientId = "e" + sent++;
        from.single(clientId, recipient, "hello");
        JsonObject delivery = to.expect(DELIVERY);
        assertThat(delivery.getString("client_id")).isEqualTo(clientId);
        to.ack(delivery.getLong("seq"));
        JsonObject receipt = from.expect(RECEIPT);
        assertThat(receipt.getString("client_id")).isEqualTo(clientId);
        return receipt.getString("status");
    }

    private JsonObject login(JsonObject verify) {
        try (RawClient client = RawClient.connect(node.port())) {
            client.send(VERIFY, verify);
            RawClient.Frame answer = client.next(SOON);
            assertThat(answer.command()).isEqualTo(VERIFIED);
            return answer.content();
        }
    }

    /** Tries again as long as it is told to, as a client would. */
    private RawClient loginEventually(String user) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            RawClient client = RawClient.connect(node.port());
            client.verify(user, TestNode.PASSWORD);
            JsonObject verified = client.expect(VERIFIED);
            if (verified.getInteger("code") == 1) {
                return client;
            }
            assertUnavailable(verified);
            assertThat(System.nanoTime()).as("deadline for a login").isLessThan(deadline);
            client.close();
        }
    }

    private String storedEventually(RawClient sender, String user) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            sender.single("again", user, "x");
            JsonObject receipt = sender.expect(RECEIPT);
            if (!receipt.getString("status").equals("refused")) {
                return receipt.getString("status");
            }
            assertUnavailable(receipt);
            assertThat(System.nanoTime()).as("deadline for a message").isLessThan(deadline);
        }
    }

    private static void assertUnavailable(JsonObject answer) {
        assertThat(answer.getString("error")).as("%s", answer).isEqualTo("unavailable");
        assertThat(answer.getLong("retry_after_ms")).as("%s", answer).isPositive();
    }

    private static void assertSaidOnce(CapturedLog log, String store) {
        assertThat(log.lines(store + " answers again")).hasSize(1);
        assertThat(log.complaints()).singleElement().satisfies(line -> assertThat(line.text())
                .startsWith(store + " does not answer"));
    }
}
