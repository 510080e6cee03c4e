package io.parley.promises;

import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.RECEIPT;
import static io.parley.testkit.RawClient.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.Incoming;
import io.parley.client.ParleyClient;
import io.parley.protocol.Receipt;
import io.parley.testkit.Eventually;
import io.parley.testkit.Proxy;
import io.parley.testkit.RawClient;
import io.parley.testkit.TestNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Promise 2: a sender without a receipt may send again with the same client_id, and nobody sees the message twice. */
@Timeout(120)
@ExtendWith(VertxExtension.class)
class NoReceiptNoDoubtIT {

    private static TestNode node;

    private final List<String> ids = TestNode.fresh(2);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);

    @BeforeAll
    static void start() {
        node = TestNode.start();
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
    void aRepeatGetsTheFirstReceiptAndIsNotDeliveredAgain() {
        try (RawClient sender = RawClient.login(node.port(), ann);
                RawClient recipient = RawClient.loginReady(node.port(), bob)) {
            sender.single("once", bob, "hello");
            recipient.ack(recipient.expect(DELIVERY).getLong("seq"));
            JsonObject first = sender.expectReceipt("delivered");

            sender.single("once", bob, "hello");
            assertThat(sender.expectReceipt("delivered")).isEqualTo(first);
            recipient.pingPong();
        }
    }

    @Test
    void aRepeatOfWhatWasStoredGetsTheFirstReceiptAndIsStoredOnce() {
        try (RawClient sender = RawClient.login(node.port(), ann)) {
            sender.single("once", bob, "hello");
            JsonObject first = sender.expectReceipt("stored");
            sender.single("once", bob, "hello");
            assertThat(sender.expectReceipt("stored")).isEqualTo(first);
        }
        try (RawClient recipient = RawClient.connect(node.port())) {
            recipient.verify(bob, TestNode.PASSWORD);
            assertThat(recipient.expect(VERIFIED).getInteger("waiting")).isEqualTo(1);
        }
    }

    @Test
    void aRepeatInProgressWaitsForTheFirstReceipt() {
        try (RawClient sender = RawClient.login(node.port(), ann);
                RawClient recipient = RawClient.loginReady(node.port(), bob)) {
            sender.single("once", bob, "hello");
            JsonObject delivery = recipient.expect(DELIVERY);
            sender.single("once", bob, "hello");
            sender.single("once", bob, "hello");
            sender.pingPong();

            recipient.ack(delivery.getLong("seq"));
            JsonObject receipt = sender.expectReceipt("delivered");
            assertThat(receipt.getString("message_id")).isEqualTo(delivery.getString("message_id"));
            assertThat(sender.expectReceipt("delivered")).isEqualTo(receipt);
            assertThat(sender.expectReceipt("delivered")).isEqualTo(receipt);
            recipient.pingPong();
        }
    }

    @Test
    void whatWasRefusedIsTriedAgain() {
        String newcomer = TestNode.fresh(1).get(0);
        try (RawClient sender = RawClient.login(node.port(), ann)) {
            sender.single("once", newcomer, "hello");
            assertThat(sender.expectReceipt("refused").getString("error")).isEqualTo("unknown_user");
            node.add(newcomer);
            // That nobody has this id is remembered for some seconds.
            Eventually.holds("it is stored", () -> {
                sender.single("once", newcomer, "hello");
                return sender.expect(RECEIPT).getString("status").equals("stored");
            });
        }
    }

    /**
     * The sender's connection is cut while the recipient still thinks about the message; so it is sent again in a new
     * session, whose node remembers nothing, and arrives twice.
     */
    @Test
    void aRepeatAcrossAReconnectIsShownOnceByTheClient(Vertx vertx) throws InterruptedException {
        BlockingQueue<Incoming> shown = new LinkedBlockingQueue<>();
        Promise<Void> thought = Promise.promise();
        ParleyClient recipient = new ParleyClient(vertx, TestNode.options(node.port(), bob))
                .onMessageAsync(incoming -> {
                    shown.add(incoming);
                    return thought.future();
                });
        TestNode.await(recipient.connect());
        Proxy network = Proxy.to("127.0.0.1", node.port());
        ParleyClient sender = new ParleyClient(vertx, TestNode.restless(network.port(), ann));
        TestNode.await(sender.connect());

        Future<Receipt> receipt = sender.send(bob, "hello");
        assertThat(shown.poll(30, TimeUnit.SECONDS)).isNotNull();
        network.cut();
        // What is answered now is answered by the new session, behind the repeat: so the node has it.
        Eventually.holds(
                "an answer", () -> TestNode.await(sender.online(ids).map(true).otherwise(false)));
        assertThat(receipt.isComplete()).isFalse();
        thought.complete();
        // The new session gives a receipt only for its own copy: the recipient has acknowledged the second one.
        assertThat(TestNode.await(receipt).status()).isEqualTo(Receipt.Status.DELIVERED);
        assertThat(shown).isEmpty();

        TestNode.await(Future.all(sender.close(), recipient.close()));
        network.close();
    }

    /** What clients recognise it by: the pair (chat_from, client_id) is the same, the message_id is not. */
    @Test
    void bothCopiesCarryTheSendersIdForTheMessage() {
        try (RawClient recipient = RawClient.login(node.port(), bob)) {
            JsonObject[] copies = new JsonObject[2];
            for (int i = 0; i < 2; i++) {
                try (RawClient sender = RawClient.login(node.port(), ann)) {
                    sender.single("once", bob, "hello");
                    copies[i] = recipient.expect(DELIVERY);
                }
            }
            assertThat(copies[1].getString("client_id"))
                    .isEqualTo(copies[0].getString("client_id"))
                    .isEqualTo("once");
            assertThat(copies[1].getString("chat_from"))
                    .isEqualTo(copies[0].getString("chat_from"))
                    .isEqualTo(ann);
            assertThat(copies[1].getString("message_id")).isGreaterThan(copies[0].getString("message_id"));
        }
    }
}
