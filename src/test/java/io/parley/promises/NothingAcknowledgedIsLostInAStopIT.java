package io.parley.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ParleyClient;
import io.parley.config.MySqlConfig;
import io.parley.protocol.Receipt;
import io.parley.redis.Keys;
import io.parley.redis.RedisAdmin;
import io.parley.testkit.CapturedLog;
import io.parley.testkit.Eventually;
import io.parley.testkit.Ledger;
import io.parley.testkit.NodeProcess;
import io.parley.testkit.Ports;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Promise 1 when a node stops in order, in the middle of the traffic, and its clients come back to the next one. */
@Timeout(180)
@ExtendWith(VertxExtension.class)
class NothingAcknowledgedIsLostInAStopIT {

    private static final int CLIENTS = 12;
    /** Sends of each client that await their receipt at any time. */
    private static final int UNANSWERED = 4;

    private static final int STOPS = 3;
    private static final int RECEIPTS_BEFORE_A_STOP = 1_500;

    private final List<String> ids = TestNode.fresh(CLIENTS);
    private final Ledger ledger = new Ledger();
    private final Map<String, ParleyClient> clients = new ConcurrentHashMap<>();
    private volatile boolean sending = true;

    @Test
    void whoIsToldToGoComesBackAndMissesNothing(Vertx vertx) throws Exception {
        MySqlConfig database = Services.database();
        JsonObject conf = conf();
        try (CapturedLog log = CapturedLog.ofParley()) {
            TestNode node = TestNode.start(database, Services.redis(), conf);
            node.add(ids);
            begin(vertx, node.port());
            for (int stop = 0; stop < STOPS; stop++) {
                awaitReceipts((stop + 1) * RECEIPTS_BEFORE_A_STOP);
                node.close();
                assertNobodyIsAtALocation();
                node = TestNode.start(database, Services.redis(), conf);
            }
            awaitReceipts((STOPS + 1) * RECEIPTS_BEFORE_A_STOP);
            sending = false;
            Eventually.holds(
                    () -> "what was promised is shown, " + ledger + ": " + ledger.missing(),
                    () -> ledger.missing().isEmpty() && ledger.isSettled());
            System.out.println("stop ledger: " + ledger);
            assertThat(ledger.repeats()).isZero();
            assertThat(ledger.count(Receipt.Status.DELIVERED)).isPositive();
            assertThat(log.complaints()).isEmpty();
            List<ParleyClient> all = new ArrayList<>(clients.values());
            all.forEach(client -> TestNode.await(client.close()));
            node.close();
        }
    }

    /** On one port, so that clients find the next node where the last one was; at a pace that lets some work on. */
    private static JsonObject conf() {
        JsonObject listener = new JsonObject().put("name", "json").put("host", "127.0.0.1");
        return new JsonObject()
                .put(
                        "listeners",
                        new JsonArray().add(listener.put("port", Ports.free(1).get(0))))
                .put("sessions", new JsonObject().put("drainRate", CLIENTS / 2));
    }

    private void begin(Vertx vertx, int port) {
        for (String id : ids) {
            ParleyClient client = new ParleyClient(vertx, TestNode.restless(port, id))
                    .onMessage(incoming -> ledger.shown(id, incoming));
            TestNode.await(client.connect());
            clients.put(id, client);
        }
        for (int i = 0; i < CLIENTS; i++) {
            for (int n = 1; n <= UNANSWERED; n++) {
                keepSending(ids.get(i), ids.get((i + n) % CLIENTS));
            }
        }
    }

    private void keepSending(String from, String to) {
        if (sending) {
            ledger.send(clients.get(from), from, to).onSuccess(receipt -> keepSending(from, to));
        }
    }

    private void awaitReceipts(int number) {
        Eventually.holds(() -> number + " promises, " + ledger, () -> ledger.promises() >= number);
    }

    private void assertNobodyIsAtALocation() {
        try (RedisAdmin redis = new RedisAdmin(Services.redis())) {
            for (String id : ids) {
                assertThat(redis.run("EXISTS", Keys.location(id)).toInteger())
                        .as("location of %s", id)
                        .isZero();
            }
        }
    }

    @Test
    void aSignalEndsItWithExitCodeZeroAndASecondOneAtOnceWithOne() {
        JsonObject slow = new JsonObject().put("sessions", new JsonObject().put("drainDelay", "90s"));
        try (NodeProcess node = NodeProcess.start(Services.database(), Services.redis(), new JsonObject())) {
            assertThat(node.terminate()).isZero();
        }
        try (NodeProcess node = NodeProcess.start(Services.database(), Services.redis(), slow)) {
            // The first of them is taken at some time; one more ends it, long before the delay is over.
            Eventually.holds("the end", () -> {
                node.askToEnd();
                return !node.isRunning();
            });
            assertThat(node.awaitExit()).isEqualTo(1);
        }
    }
}
