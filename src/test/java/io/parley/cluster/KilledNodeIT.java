package io.parley.cluster;

import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.ONLINE;
import static io.parley.testkit.RawClient.ONLINE_ANSWER;
import static io.parley.testkit.RawClient.RECEIPT;
import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ParleyClient;
import io.parley.config.RedisConfig;
import io.parley.protocol.Receipt.Status;
import io.parley.testkit.ClusterConf;
import io.parley.testkit.Eventually;
import io.parley.testkit.Ledger;
import io.parley.testkit.NodeProcess;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The recipient's node is killed while messages fly to it. */
@Timeout(180)
@ExtendWith(VertxExtension.class)
class KilledNodeIT {

    private static TestNode one;
    private static NodeProcess two;

    private final List<String> ids = TestNode.fresh(3);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);
    private final String cay = ids.get(2);
    private final Ledger ledger = new Ledger();

    @BeforeAll
    static void start() {
        ClusterConf conf = new ClusterConf(2);
        var mysql = Services.database();
        RedisConfig redis = Services.redis();
        one = TestNode.start(mysql, redis, conf.node(0));
        two = NodeProcess.start(mysql, redis, conf.node(1));
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    private ParleyClient client(Vertx vertx, int port, String userId) {
        ParleyClient client = new ParleyClient(vertx, TestNode.options(port, userId))
                .onMessage(incoming -> ledger.shown(userId, incoming));
        await(client.connect());
        return client;
    }

    private void keepSending(ParleyClient sender, Semaphore receipts) {
        ledger.send(sender, ann, bob).onSuccess(receipt -> {
            receipts.release();
            keepSending(sender, receipts);
        });
    }

    private static boolean online(RawClient asking, String userId) {
        asking.send(ONLINE, new JsonObject().put("user_ids", new JsonArray().add(userId)));
        return asking.expect(ONLINE_ANSWER).getJsonObject("online").getBoolean(userId);
    }

    @Test
    void whatWasReceiptedArrivesAndNobodyWaitsForTheDeadNode(Vertx vertx) throws InterruptedException {
        one.add(ids);
        ParleyClient sender = client(vertx, one.port(), ann);
        ParleyClient before = client(vertx, two.port(), bob);
        Semaphore receipts = new Semaphore(0);
        for (int i = 0; i < 50; i++) {
            keepSending(sender, receipts);
        }
        assertThat(receipts.tryAcquire(1_000, 30, TimeUnit.SECONDS)).isTrue();
        try (RawClient cayAtOne = RawClient.login(one.port(), cay)) {
            assertThat(online(cayAtOne, bob)).isTrue();
            two.kill();
            long killed = System.nanoTime();
            // Its location is still in Redis, and will be for minutes.
            Eventually.holds("bob is absent", () -> !online(cayAtOne, bob));
            receipts.drainPermits();
            assertThat(receipts.tryAcquire(100, 30, TimeUnit.SECONDS)).isTrue();
            assertThat(System.nanoTime() - killed)
                    .as("nanoseconds until all goes on")
                    .isLessThan(15_000_000_000L);
            cayAtOne.single("c1", bob, "-1");
            cayAtOne.expectReceipt("stored");
        }
        await(before.close());
        ParleyClient after = client(vertx, one.port(), bob);
        Eventually.holds("messages come directly again", () -> {
            int delivered = ledger.count(Status.DELIVERED);
            return delivered > 0 && receipts.tryAcquire(100);
        });
        await(sender.logout());
        Eventually.holds(() -> "all is shown: " + ledger, () -> ledger.missing().isEmpty());
        assertThat(ledger.count(Status.REFUSED)).isZero();
        await(after.logout());
        theNodeComesBackAndIsOneOfThemAgain();
    }

    /** With the same id and the same ports, as another run. */
    private void theNodeComesBackAndIsOneOfThemAgain() {
        two.start();
        try (RawClient annAtOne = RawClient.login(one.port(), ann);
                RawClient bobAtTwo = RawClient.loginReady(two.port(), bob)) {
            // The first one finds bob's earlier session if that is still remembered, and then where he is now.
            for (String expected : List.of("stored|delivered", "delivered")) {
                annAtOne.single(expected, bob, "welcome back");
                bobAtTwo.ack(bobAtTwo.expect(DELIVERY).getLong("seq"));
                assertThat(annAtOne.expect(RECEIPT).getString("status")).matches(expected);
            }
        }
    }
}
