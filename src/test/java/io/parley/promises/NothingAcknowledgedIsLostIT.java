package io.parley.promises;

import static io.parley.testkit.RawClient.BYE;
import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.PATIENCE;
import static io.parley.testkit.RawClient.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ParleyClient;
import io.parley.protocol.Receipt;
import io.parley.testkit.Eventually;
import io.parley.testkit.Ledger;
import io.parley.testkit.Proxy;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Promise 1, as long as the node and its stores live; {@link NothingAcknowledgedIsLostInACrashIT} kills them. */
@Timeout(120)
@ExtendWith(VertxExtension.class)
class NothingAcknowledgedIsLostIT {

    private static TestNode node;

    private final List<String> ids = TestNode.fresh(3);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);
    private final String absent = ids.get(2);

    @BeforeAll
    static void start() {
        node = TestNode.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void deliveredIsSaidOnlyAfterTheRecipientsAcknowledgement() {
        node.add(ids);
        try (RawClient sender = RawClient.login(node.port(), ann);
                RawClient recipient = RawClient.loginReady(node.port(), bob)) {
            sender.single("to bob", bob, "hello");
            long seq = recipient.expect(DELIVERY).getLong("seq");
            recipient.pingPong();
            sender.pingPong();
            sender.single("to nobody here", absent, "hello");
            // This one needs Redis: a receipt that did not await bob's acknowledgement would be here before it.
            assertThat(sender.expectReceipt("stored").getString("client_id")).isEqualTo("to nobody here");
            sender.pingPong();

            recipient.ack(seq);
            assertThat(sender.expectReceipt("delivered").getString("client_id")).isEqualTo("to bob");
        }
    }

    @Test
    void storedForSomebodyAbsentComesAtTheNextLogin() {
        node.add(ids);
        try (RawClient sender = RawClient.login(node.port(), ann)) {
            sender.single("1", bob, "hello");
            sender.expectReceipt("stored");
        }
        try (RawClient recipient = RawClient.connect(node.port())) {
            recipient.verify(bob, TestNode.PASSWORD);
            assertThat(recipient.expect(VERIFIED).getInteger("waiting")).isEqualTo(1);
            JsonObject delivery = recipient.expect(DELIVERY);
            assertThat(delivery.getString("chat_content")).isEqualTo("hello");
            assertThat(delivery.getBoolean("replayed")).isTrue();
        }
        // It was not acknowledged, so it is still there.
        try (RawClient again = RawClient.login(node.port(), bob)) {
            again.ack(again.expect(DELIVERY).getLong("seq"));
        }
        try (RawClient empty = RawClient.connect(node.port())) {
            empty.verify(bob, TestNode.PASSWORD);
            assertThat(empty.expect(VERIFIED).getInteger("waiting")).isZero();
            empty.pingPong();
        }
    }

    @Test
    void whoNeverAcknowledgesIsClosedAndTheMessageIsStored() {
        JsonObject impatient = new JsonObject().put("sessions", new JsonObject().put("ackTimeout", "1s"));
        try (TestNode node = TestNode.start(Services.database(), Services.redis(), impatient)) {
            node.add(ids);
            RawClient sender = RawClient.login(node.port(), ann);
            RawClient recipient = RawClient.login(node.port(), bob);
            sender.single("1", bob, "hello");
            recipient.expect(DELIVERY);
            assertThat(recipient.expect(BYE).getString("reason")).isEqualTo("ack_timeout");
            assertThat(recipient.isClosedWithin(PATIENCE)).isTrue();
            sender.expectReceipt("stored");
            assertThat(replayed(node.port(), 1)).containsExactly("hello");

            // The same for a client whose cable was pulled: nobody tells the node.
            Proxy cable = Proxy.to("127.0.0.1", node.port());
            RawClient halfOpen = RawClient.login(cable.port(), bob);
            cable.stall();
            sender.single("2", bob, "into the dark");
            sender.expectReceipt("stored");
            assertThat(replayed(node.port(), 1)).containsExactly("into the dark");
            cable.close();
            halfOpen.cut();
        }
    }

    @Test
    void whatWasNotAcknowledgedWhenTheConnectionWasCutComesAgain() {
        node.add(ids);
        Proxy network = Proxy.to("127.0.0.1", node.port());
        try (RawClient sender = RawClient.login(node.port(), ann)) {
            RawClient recipient = RawClient.loginReady(network.port(), bob);
            for (int i = 1; i <= 20; i++) {
                sender.single("id" + i, bob, "text " + i);
            }
            List<JsonObject> seen = recipient.expectDeliveries(20);
            recipient.ack(seen.get(4).getLong("seq"));
            for (int i = 1; i <= 5; i++) {
                sender.expectReceipt("delivered");
            }
            network.cut();
            for (int i = 6; i <= 20; i++) {
                sender.expectReceipt("stored");
            }
            List<String> rest = seen.subList(5, 20).stream()
                    .map(delivery -> delivery.getString("chat_content"))
                    .toList();
            assertThat(replayed(node.port(), 15)).isEqualTo(rest);
        } finally {
            network.close();
        }
    }

    /** Each login is at another gateway instance than the one before. */
    @Test
    void aRecipientMayMoveWhileMessagesFly(Vertx vertx) {
        int messages = 2_000;
        int moves = 20;
        node.add(ids);
        Ledger ledger = new Ledger();
        ParleyClient sender = new ParleyClient(vertx, TestNode.options(node.port(), ann));
        TestNode.await(sender.connect());
        List<ParleyClient> recipients = new ArrayList<>();
        List<Future<Receipt>> receipts = new ArrayList<>();
        for (int move = 0; move < moves; move++) {
            for (int i = 0; i < messages / moves; i++) {
                receipts.add(ledger.send(sender, ann, bob));
            }
            ParleyClient recipient = new ParleyClient(vertx, TestNode.options(node.port(), bob))
                    .onMessage(incoming -> ledger.shown(bob, incoming));
            recipients.add(recipient);
            TestNode.await(recipient.connect());
        }
        TestNode.await(Future.all(receipts));
        TestNode.await(sender.close());
        Eventually.holds("what was promised is shown", () -> ledger.missing().isEmpty());
        assertThat(ledger.promises()).as("%s", ledger).isEqualTo(messages);
        recipients.forEach(recipient -> TestNode.await(recipient.close()));
    }

    private List<String> replayed(int port, int number) {
        try (RawClient recipient = RawClient.login(port, bob)) {
            List<JsonObject> deliveries = recipient.expectDeliveries(number);
            assertThat(deliveries).allSatisfy(delivery -> assertThat(delivery.getBoolean("replayed"))
                    .isTrue());
            recipient.ack(deliveries.get(number - 1).getLong("seq"));
            recipient.pingPong();
            return deliveries.stream()
                    .map(delivery -> delivery.getString("chat_content"))
                    .toList();
        }
    }
}
