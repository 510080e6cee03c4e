package io.parley.cluster;

import static io.parley.testkit.RawClient.BYE;
import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.ONLINE;
import static io.parley.testkit.RawClient.ONLINE_ANSWER;
import static io.parley.testkit.RawClient.RECEIPT;
import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ParleyClient;
import io.parley.protocol.Receipt.Status;
import io.parley.testkit.ClusterConf;
import io.parley.testkit.Eventually;
import io.parley.testkit.Ledger;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The promises between two nodes, while nothing fails. No heartbeat looks at a mailbox here, so that nobody online
 * would be told of what waits there but by a nudge.
 */
@Timeout(120)
@ExtendWith(VertxExtension.class)
class AcrossNodesIT {

    private static final int WINDOW = 32;

    private static TestNode one;
    private static TestNode two;

    private final List<String> ids = TestNode.fresh(2);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);
    private final Ledger ledger = new Ledger();

    @BeforeAll
    static void start() {
        JsonObject different = new JsonObject()
                .put("limits", new JsonObject().put("ackWindow", WINDOW))
                .put("sessions", new JsonObject().put("heartbeat", "10m").put("idleTimeout", "20m"));
        ClusterConf conf = new ClusterConf(2);
        var mysql = Services.database();
        one = TestNode.start(mysql, Services.redis(), conf.node(0).mergeIn(different, true));
        two = TestNode.start(mysql, Services.redis(), conf.node(1).mergeIn(different, true));
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    @BeforeEach
    void addAccounts() {
        one.add(ids);
    }

    private ParleyClient client(Vertx vertx, TestNode node, String userId) {
        ParleyClient client = new ParleyClient(vertx, TestNode.options(node.port(), userId))
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

    private void allIsShownInOrder() {
        Eventually.holds(() -> "all is shown: " + ledger, () -> ledger.missing().isEmpty());
        assertThat(ledger.disordered(Set.of())).isEmpty();
    }

    @Test
    void aSessionIsTakenOverInBothDirections() {
        try (RawClient first = RawClient.loginReady(two.port(), bob)) {
            try (RawClient second = RawClient.loginReady(one.port(), bob)) {
                assertThat(first.expect(BYE).getString("reason")).isEqualTo("kicked");
                try (RawClient third = RawClient.loginReady(two.port(), bob)) {
                    assertThat(second.expect(BYE).getString("reason")).isEqualTo("kicked");
                    third.pingPong();
                }
            }
        }
    }

    @Test
    void whoIsOnlineIsKnownOnEveryNode() {
        try (RawClient annAtOne = RawClient.login(one.port(), ann)) {
            try (RawClient bobAtTwo = RawClient.login(two.port(), bob)) {
                assertThat(online(annAtOne, bob)).isTrue();
                assertThat(online(bobAtTwo, ann)).isTrue();
            }
            Eventually.holds("bob is gone", () -> !online(annAtOne, bob));
        }
    }

    private static boolean online(RawClient asking, String userId) {
        asking.send(ONLINE, new JsonObject().put("user_ids", new JsonArray().add(userId)));
        return asking.expect(ONLINE_ANSWER).getJsonObject("online").getBoolean(userId);
    }

    @Test
    void aBurstArrivesInOrder(Vertx vertx) throws InterruptedException {
        int messages = 5_000;
        ParleyClient sender = client(vertx, one, ann);
        ParleyClient recipient = client(vertx, two, bob);
        Semaphore mayBeUnanswered = new Semaphore(1_000);
        for (int i = 0; i < messages; i++) {
            assertThat(mayBeUnanswered.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            ledger.send(sender, ann, bob).onComplete(receipt -> mayBeUnanswered.release());
        }
        assertThat(mayBeUnanswered.tryAcquire(1_000, 30, TimeUnit.SECONDS)).isTrue();
        assertThat(ledger.count(Status.REFUSED)).isZero();
        assertThat(ledger.promises()).isEqualTo(messages);
        allIsShownInOrder();
        assertThat(ledger.count(Status.DELIVERED)).as("delivered").isPositive();
        await(Future.all(sender.logout(), recipient.logout()));
    }

    /** Over the window to the mailbox, and back when there is room, pass after pass. */
    @Test
    void toASlowRecipientInOrderThroughTheMailbox() {
        int messages = 10 * WINDOW;
        try (RawClient sender = RawClient.login(one.port(), ann);
                RawClient recipient = RawClient.loginReady(two.port(), bob)) {
            for (int i = 0; i < messages; i++) {
                sender.single("" + i, bob, "" + i);
            }
            long last = 0;
            for (int i = 0; i < messages; i++) {
                JsonObject delivery = recipient.expect(DELIVERY);
                assertThat(delivery.getString("chat_content")).isEqualTo("" + i);
                last = delivery.getLong("seq");
                if (i % 5 == 4) {
                    recipient.ack(last - 4);
                }
            }
            recipient.ack(last);
            assertThat(IntStream.range(0, messages)
                            .mapToObj(i -> sender.expect(RECEIPT).getString("status")))
                    .as("both roads were taken, and no other")
                    .contains("delivered", "stored")
                    .doesNotContain("refused");
        }
    }

    /** What is stored while the other node drains for a login must be drained too: append, then look, then nudge. */
    @Test
    void toSomebodyWhoLogsInElsewhereWhileMoreArrives(Vertx vertx) throws InterruptedException {
        for (int round = 0; round < 3; round++) {
            AcrossNodesIT fresh = new AcrossNodesIT();
            fresh.addAccounts();
            fresh.logInElsewhereWhileMoreArrives(vertx, new Random());
        }
    }

    private void logInElsewhereWhileMoreArrives(Vertx vertx, Random random) throws InterruptedException {
        ParleyClient sender = client(vertx, one, ann);
        Semaphore receipts = new Semaphore(0);
        for (int i = 0; i < 1 + random.nextInt(WINDOW / 2); i++) {
            keepSending(sender, receipts);
        }
        assertThat(receipts.tryAcquire(random.nextInt(100), 30, TimeUnit.SECONDS))
                .isTrue();
        AtomicInteger direct = new AtomicInteger();
        ParleyClient recipient = new ParleyClient(vertx, TestNode.options(two.port(), bob)).onMessage(incoming -> {
            direct.addAndGet(incoming.waited() ? 0 : 1);
            ledger.shown(bob, incoming);
        });
        await(recipient.connect());
        Eventually.holds("messages come directly", () -> direct.get() > 50);
        await(sender.logout());
        allIsShownInOrder();
        assertThat(ledger.count(Status.STORED)).as("stored").isPositive();
        await(recipient.logout());
    }

    @Test
    void toSomebodyWhoMovesBetweenTheNodes(Vertx vertx) throws InterruptedException {
        ParleyClient sender = client(vertx, one, ann);
        Semaphore receipts = new Semaphore(0);
        for (int i = 0; i < WINDOW / 2; i++) {
            keepSending(sender, receipts);
        }
        List<ParleyClient> logins = new ArrayList<>();
        Random random = new Random();
        for (int move = 0; move < 40; move++) {
            assertThat(receipts.tryAcquire(1 + random.nextInt(30), 30, TimeUnit.SECONDS))
                    .isTrue();
            logins.add(client(vertx, move % 2 == 0 ? two : one, bob));
        }
        await(sender.logout());
        allIsShownInOrder();
        assertThat(ledger.count(Status.DELIVERED)).as("delivered").isPositive();
        assertThat(ledger.count(Status.STORED)).as("stored").isPositive();
        await(Future.all(logins.stream().map(ParleyClient::close).toList()));
    }
}
