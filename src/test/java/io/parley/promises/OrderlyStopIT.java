package io.parley.promises;

import static io.parley.testkit.RawClient.BYE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.client.ClientState;
import io.parley.client.LinkFailure;
import io.parley.client.ParleyClient;
import io.parley.dev.RedisServer;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Receipt;
import io.parley.redis.Keys;
import io.parley.redis.RedisAdmin;
import io.parley.testkit.CapturedLog;
import io.parley.testkit.Eventually;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How a node stops. Times are bounded from the side that a busy machine cannot push them over: nobody is told before
 * their turn.
 */
@Timeout(120)
@ExtendWith(VertxExtension.class)
class OrderlyStopIT {

    /** Each gateway tells its first session at once. */
    private static final int AT_ONCE = Runtime.getRuntime().availableProcessors();

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final List<ParleyClient> clients = new ArrayList<>();
    private Vertx vertx;
    private CapturedLog log;

    /** A client that was told to go. */
    private record Told(ParleyClient client, long atNanos, LinkFailure why, Duration retryIn) {}

    @BeforeEach
    void open(Vertx vertx) {
        this.vertx = vertx;
        this.log = CapturedLog.ofParley();
    }

    @AfterEach
    void close() {
        clients.forEach(ParleyClient::close);
        log.close();
    }

    private static TestNode node(String drainDelay, int drainRate, String drainTimeout) {
        JsonObject sessions = new JsonObject()
                .put("drainDelay", drainDelay)
                .put("drainRate", drainRate)
                .put("drainTimeout", drainTimeout);
        return TestNode.start(Services.database(), Services.redis(), new JsonObject().put("sessions", sessions));
    }

    private List<String> login(TestNode node, int number) {
        List<String> ids = TestNode.fresh(number);
        node.add(ids);
        for (String id : ids) {
            ParleyClient client = new ParleyClient(vertx, TestNode.restless(node.port(), id));
            client.onMessage(incoming -> {}).onState(state -> note(client, state));
            clients.add(client);
            TestNode.await(client.connect());
        }
        return ids;
    }

    /** What follows the goodbye, attempts to come back to a node that is gone, is left out. */
    private void note(ParleyClient client, ClientState state) {
        if (state instanceof ClientState.Lost lost
                && lost.cause() instanceof LinkFailure why
                && why.kind() == LinkFailure.Kind.BYE) {
            told.add(new Told(client, System.nanoTime(), why, lost.retryIn()));
        }
    }

    /** Of the n-th that was told: not before its turn, when so many are told evenly over the time. */
    private void assertEvenlyOver(Duration over, int sessions, long beganNanos) {
        assertAllAreTold(sessions);
        List<Long> sorted = told.stream().map(Told::atNanos).sorted().toList();
        for (int i = 0; i < sessions; i++) {
            assertThat(sorted.get(i) - beganNanos)
                    .as("nanoseconds until the %d. of %d was told", i + 1, sessions)
                    .isGreaterThanOrEqualTo(over.toNanos() * (i - AT_ONCE) / sessions);
        }
    }

    /** The last ones may read it only after the node has ended. */
    private void assertAllAreTold(int sessions) {
        Eventually.holds(() -> told.size() + " were told", () -> told.size() == sessions);
    }

    @Test
    void sessionsEndAtTheConfiguredRateWithATimeToComeBack() {
        int sessions = 30;
        try (TestNode node = node("0s", 15, "20s")) {
            List<String> ids = login(node, sessions);
            long began = System.nanoTime();
            TestNode.await(node.stop());
            assertEvenlyOver(Duration.ofSeconds(2), sessions, began);
            assertThat(told).allSatisfy(each -> {
                assertThat(each.why().bye()).isEqualTo(ByeReason.DRAINING);
                assertThat(each.why().retryAfter()).isBetween(Duration.ofMillis(200), Duration.ofSeconds(3));
                assertThat(each.retryIn()).isGreaterThanOrEqualTo(each.why().retryAfter());
            });
            // Of 30 random milliseconds two may be the same.
            assertThat(told.stream().map(each -> each.why().retryAfter()).distinct())
                    .hasSizeGreaterThan(sessions * 2 / 3);
            assertNobodyIsAtALocation(ids);
            assertThat(log.complaints()).isEmpty();
        }
    }

    @Test
    void thePaceQuickensWhenTheTimeWouldNotDo() {
        int sessions = 20;
        try (TestNode node = node("0s", 1, "1s")) {
            login(node, sessions);
            long began = System.nanoTime();
            TestNode.await(node.stop());
            assertEvenlyOver(Duration.ofSeconds(1), sessions, began);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(sessions));
            assertThat(log.lines("sessions end sessions=20 over_ms=1000")).hasSize(1);
        }
    }

    @Test
    void withoutSessionsNothingIsWaitedFor() {
        try (TestNode node = node("0s", 1, "1m")) {
            long began = System.nanoTime();
            TestNode.await(node.stop());
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
            assertThat(log.lines("sessions end sessions=0 over_ms=0")).hasSize(1);
        }
    }

    @Test
    void whoHasNotBeenToldYetWorksOnAndNobodyNewComesIn() {
        int sessions = 12;
        try (TestNode node = node("0s", 1, "8s")) {
            List<String> ids = login(node, sessions);
            RawClient unverified = RawClient.connect(node.port());
            Future<Void> stopped = node.stop();

            JsonObject bye = unverified.expect(BYE);
            assertThat(bye.getString("reason")).isEqualTo("draining");
            assertThat(bye.getInteger("retry_after_ms")).isBetween(200, 3_000);
            assertThatThrownBy(() -> RawClient.connect(node.port())).hasMessage("no connection");

            List<Future<Receipt>> receipts = new ArrayList<>();
            List<ParleyClient> gone = told.stream().map(Told::client).toList();
            for (int i = 0; i < sessions; i++) {
                if (!gone.contains(clients.get(i))) {
                    receipts.add(clients.get(i).send(ids.get(i), "to myself"));
                }
            }
            TestNode.await(stopped);
            assertThat(receipts).hasSizeGreaterThan(sessions / 2);
            // All but those whose turn came just then.
            assertThat(receipts.stream().filter(OrderlyStopIT::isDelivered)).hasSizeGreaterThan(sessions / 4);
            assertAllAreTold(sessions);
            unverified.close();
        }
    }

    private static boolean isDelivered(Future<Receipt> receipt) {
        return receipt.succeeded() && receipt.result().status() == Receipt.Status.DELIVERED;
    }

    @Test
    void duringTheDelayItSaysThatItStopsAndServesAsEver() {
        try (TestNode node = node("8s", 1000, "20s")) {
            String ann = TestNode.fresh(1).get(0);
            node.add(ann);
            assertThat(node.isStopping()).isFalse();
            long began = System.nanoTime();
            Future<Void> stopped = node.stop();
            assertThat(node.isStopping()).isTrue();
            try (RawClient newcomer = RawClient.loginReady(node.port(), ann)) {
                assertThat(newcomer.expect(BYE).getString("reason")).isEqualTo("draining");
            }
            TestNode.await(stopped);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(8));
        }
    }

    /** Whatever the timeouts of its stores are. */
    @Test
    void whatDoesNotSettleIsNotWaitedForLongerThanTheLimit() throws IOException {
        RedisServer redis = Services.ownRedis();
        try (RedisAdmin admin = new RedisAdmin(redis.config())) {
            JsonObject slow = new JsonObject().put("redis", new JsonObject().put("commandTimeout", "5m"));
            TestNode node = TestNode.start(Services.database(), redis.config(), slow);
            login(node, 3);
            admin.freeze();
            long began = System.nanoTime();
            Future<Void> stopped = node.stop();
            log.await(1, "node stops before everything is settled");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
            assertAllAreTold(3);
            assertThat(log.complaints()).singleElement().satisfies(line -> assertThat(line.text())
                    .startsWith("node stops before everything is settled"));
        }
        redis.kill();
    }

    private static void assertNobodyIsAtALocation(List<String> ids) {
        try (RedisAdmin redis = new RedisAdmin(Services.redis())) {
            for (String id : ids) {
                assertThat(redis.run("EXISTS", Keys.location(id)).toInteger())
                        .as(id)
                        .isZero();
            }
        }
    }
}
