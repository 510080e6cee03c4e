package io.parley.promises;

import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.RECEIPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ParleyClient;
import io.parley.protocol.Receipt;
import io.parley.testkit.Eventually;
import io.parley.testkit.Ledger;
import io.parley.testkit.Property;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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

/** Promise 3: messages from one sender to one recipient arrive in sending order, whichever roads they take. */
@Timeout(120)
@ExtendWith(VertxExtension.class)
class OrderIT {

    private static final int WINDOW = 16;

    private static TestNode node;

    private final List<String> ids = TestNode.fresh(2);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);
    private final Ledger ledger = new Ledger();

    @BeforeAll
    static void start() {
        JsonObject narrow = new JsonObject().put("limits", new JsonObject().put("ackWindow", WINDOW));
        node = TestNode.start(Services.database(), Services.redis(), narrow);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void addAccounts() {
        node.add(ids);
    }

    @Test
    void toSomebodyOnline() {
        try (RawClient sender = RawClient.login(node.port(), ann);
                RawClient recipient = RawClient.loginReady(node.port(), bob)) {
            List<String> messageIds = new ArrayList<>();
            for (int burst = 0; burst < 50; burst++) {
                for (int i = 0; i < WINDOW; i++) {
                    sender.single(burst + "-" + i, bob, burst + "-" + i);
                }
                List<JsonObject> deliveries = recipient.expectDeliveries(WINDOW);
                recipient.ack(deliveries.get(WINDOW - 1).getLong("seq"));
                for (int i = 0; i < WINDOW; i++) {
                    JsonObject delivery = deliveries.get(i);
                    assertThat(delivery.getString("chat_content")).isEqualTo(burst + "-" + i);
                    messageIds.add(delivery.getString("message_id"));
                    sender.expectReceipt("delivered");
                }
            }
            assertThat(messageIds).isSorted();
        }
    }

    /** So that most of it goes through the mailbox, pass after pass. */
    @Test
    void toSomebodyWhoAcknowledgesSlowlyAndOverflowsTheWindow() {
        int messages = 20 * WINDOW;
        try (RawClient sender = RawClient.login(node.port(), ann);
                RawClient recipient = RawClient.login(node.port(), bob)) {
            for (int i = 0; i < messages; i++) {
                sender.single("" + i, bob, "" + i);
            }
            for (int i = 0; i < messages; i++) {
                JsonObject delivery = recipient.expect(DELIVERY);
                assertThat(delivery.getString("chat_content")).isEqualTo("" + i);
                assertThat(delivery.getLong("seq")).isEqualTo(i + 1);
                if (i % 5 == 4) {
                    recipient.ack(i - 3); // The newest four stay open
                }
            }
            recipient.ack(messages);
            List<String> statuses = IntStream.range(0, messages)
                    .mapToObj(i -> sender.expect(RECEIPT).getString("status"))
                    .toList();
            assertThat(statuses).as("both roads were taken").contains("delivered", "stored");
        }
    }

    /** Acknowledgements make room in a full window while more comes: that must not overtake what was refused. */
    @Test
    void toSomebodyWhoseWindowOverflowsNowAndThen(Vertx vertx) {
        ParleyClient sender = new ParleyClient(vertx, TestNode.options(node.port(), ann));
        ParleyClient recipient = new ParleyClient(vertx, TestNode.options(node.port(), bob))
                .onMessage(incoming -> ledger.shown(bob, incoming));
        TestNode.await(Future.all(sender.connect(), recipient.connect()));
        for (int burst = 0; burst < 200; burst++) {
            List<Future<Receipt>> receipts = new ArrayList<>();
            for (int i = 0; i < 3 * WINDOW; i++) {
                receipts.add(ledger.send(sender, ann, bob));
            }
            TestNode.await(Future.all(receipts));
            Eventually.holds("all is shown", () -> ledger.missing().isEmpty());
        }
        assertThat(ledger.count(Receipt.Status.DELIVERED)).as("delivered").isPositive();
        assertThat(ledger.count(Receipt.Status.STORED)).as("stored").isPositive();
        assertThat(ledger.disordered(Set.of())).isEmpty();
        TestNode.await(Future.all(sender.close(), recipient.close()));
    }

    /** The mailbox fills, is drained and filled while it is drained, and then the messages come directly. */
    @Test
    void toSomebodyWhoLogsInWhileMoreArrive(Vertx vertx) {
        Property.forAll(10, random -> {
            OrderIT one = new OrderIT();
            one.addAccounts();
            one.logInWhileMoreArrive(vertx, random);
        });
    }

    private void logInWhileMoreArrive(Vertx vertx, Random random) throws InterruptedException {
        ParleyClient sender = new ParleyClient(vertx, TestNode.options(node.port(), ann));
        TestNode.await(sender.connect());
        Semaphore receipts = new Semaphore(0);
        AtomicInteger direct = new AtomicInteger();
        int unanswered = 1 + random.nextInt(WINDOW / 2);
        for (int i = 0; i < unanswered; i++) {
            keepSending(sender, receipts);
        }
        receipts.tryAcquire(random.nextInt(200), 30, TimeUnit.SECONDS);
        ParleyClient recipient = new ParleyClient(vertx, TestNode.options(node.port(), bob)).onMessage(incoming -> {
            direct.addAndGet(incoming.waited() ? 0 : 1);
            ledger.shown(bob, incoming);
        });
        TestNode.await(recipient.connect());
        Eventually.holds("messages come directly", () -> direct.get() > 50);
        TestNode.await(sender.logout());
        Eventually.holds("all is shown", () -> ledger.missing().isEmpty());
        assertThat(ledger.count(Receipt.Status.STORED)).as("stored").isPositive();
        assertThat(ledger.disordered(Set.of())).isEmpty();
        TestNode.await(recipient.logout());
    }

    private void keepSending(ParleyClient sender, Semaphore receipts) {
        ledger.send(sender, ann, bob).onSuccess(receipt -> {
            receipts.release();
            keepSending(sender, receipts);
        });
    }

    /** What the earlier login had shown and not yet acknowledged may come again, and is not counted again. */
    @Test
    void toSomebodyWhoMovesBetweenGateways(Vertx vertx) throws InterruptedException {
        ParleyClient sender = new ParleyClient(vertx, TestNode.options(node.port(), ann));
        TestNode.await(sender.connect());
        Semaphore receipts = new Semaphore(0);
        for (int i = 0; i < WINDOW / 2; i++) {
            keepSending(sender, receipts);
        }
        List<ParleyClient> logins = new ArrayList<>();
        Random random = new Random();
        for (int move = 0; move < 100; move++) {
            assertThat(receipts.tryAcquire(1 + random.nextInt(30), 30, TimeUnit.SECONDS))
                    .isTrue();
            ParleyClient login = new ParleyClient(vertx, TestNode.options(node.port(), bob))
                    .onMessage(incoming -> ledger.shown(bob, incoming));
            logins.add(login);
            TestNode.await(login.connect());
        }
        TestNode.await(sender.logout());
        Eventually.holds("all is shown", () -> ledger.missing().isEmpty());
        assertThat(ledger.count(Receipt.Status.DELIVERED)).as("delivered").isPositive();
        assertThat(ledger.count(Receipt.Status.STORED)).as("stored").isPositive();
        assertThat(ledger.disordered(Set.of())).isEmpty();
        TestNode.await(Future.all(logins.stream().map(ParleyClient::close).toList()));
    }
}
