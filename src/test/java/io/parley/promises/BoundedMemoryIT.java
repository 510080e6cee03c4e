package io.parley.promises;

import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.ONLINE;
import static io.parley.testkit.RawClient.ONLINE_ANSWER;
import static io.parley.testkit.RawClient.PING;
import static io.parley.testkit.RawClient.PONG;
import static io.parley.testkit.RawClient.RECEIPT;
import static io.parley.testkit.RawClient.SINGLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.CapturedLog;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Promise 6: bounded memory. Each bound is set low, one side does more than it allows, and what comes over the wire
 * shows that the node did not hold more: it reads no further, stores, or refuses.
 */
class BoundedMemoryIT {

    private static final int MESSAGES = 250;

    private final List<String> users = TestNode.fresh(4);
    private final String ann = users.get(0);
    private final String bob = users.get(1);
    private final String cay = users.get(2);
    private final String absent = users.get(3);
    private TestNode node;

    private void start(String section, JsonObject bounds) {
        start(new JsonObject().put(section, bounds));
    }

    private void start(JsonObject different) {
        node = TestNode.start(Services.database(), Services.redis(), different);
        users.forEach(node::add);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void whoSendsTooMuchUnansweredIsReadNoFurther() {
        start("limits", new JsonObject().put("unansweredSends", 8));
        RawClient sender = RawClient.login(node.port(), ann);
        RawClient recipient = ready(bob);
        sender.sendBytes(singles(bob, 20, 10));
        assertThat(clientIds(take(recipient, 8))).isEqualTo(clientIds(0, 8));
        // Had the node read on, the ninth would stand before this one.
        RawClient another = RawClient.login(node.port(), cay);
        another.single("another's", bob, "x");
        List<JsonObject> ninth = take(recipient, 1);
        assertThat(clientIds(ninth)).containsExactly("another's");

        recipient.ack(seq(ninth.get(0)));
        assertThat(clientIds(takeAndAck(recipient, 12))).isEqualTo(clientIds(8, 20));
        assertThat(receipts(sender, 20)).containsOnly("delivered");
    }

    @Test
    void whoRepeatsOneSendForEverIsReadNoFurther() {
        start("limits", new JsonObject().put("unansweredSends", 8));
        RawClient sender = RawClient.login(node.port(), ann);
        RawClient recipient = ready(bob);
        Buffer repeats = Buffer.buffer();
        IntStream.range(0, 20).forEach(i -> repeats.appendBuffer(singles(bob, 1, 10)));
        sender.sendBytes(repeats.appendBuffer(Bytes.frame(PING, "{}")));
        takeAndAck(recipient, 1);
        // Read to its end, the pong would be first.
        assertThat(receipts(sender, 20)).containsOnly("delivered");
        sender.expect(PONG);
    }

    @Test
    void noMoreThanTheWindowIsInFlightAndTheRestIsStoredAndFollowsInOrder() {
        start("limits", new JsonObject().put("ackWindow", 16));
        RawClient sender = RawClient.login(node.port(), ann);
        RawClient recipient = ready(bob);
        sender.sendBytes(singles(bob, 100, 10));
        assertThat(receipts(sender, 84)).containsOnly("stored");
        List<JsonObject> window = take(recipient, 16);
        assertThat(clientIds(window)).isEqualTo(clientIds(0, 16));

        long acked = seq(window.get(0)) - 1;
        long last = seq(window.get(15));
        for (int i = 16; i < 100; i++) {
            if (last == acked + 16) {
                // The window is full: the next frame is a pong and no delivery.
                recipient.pingPong();
                acked += 10;
                recipient.ack(acked);
            }
            JsonObject delivery = recipient.expect(DELIVERY);
            assertThat(delivery.getString("client_id")).isEqualTo("c" + i);
            assertThat(delivery.getBoolean("replayed")).isTrue();
            assertThat(seq(delivery)).isEqualTo(++last).isLessThanOrEqualTo(acked + 16);
        }
        recipient.ack(last);
        assertThat(receipts(sender, 16)).containsOnly("delivered");
    }

    @Test
    void whatASlowReaderDoesNotTakeIsStoredAndFollowsWhenItReadsAgain() {
        start("limits", new JsonObject().put("waitingBytes", "64KiB").put("unansweredSends", 1_000));
        RawClient sender = RawClient.login(node.port(), ann);
        RawClient recipient = ready(bob);
        sender.sendBytes(singles(bob, MESSAGES, 60_000));
        // It has acknowledged nothing: these are what it could not be given.
        assertThat(sender.expect(RECEIPT).getString("status")).isEqualTo("stored");

        assertThat(clientIds(takeAndAck(recipient, MESSAGES))).isEqualTo(clientIds(0, MESSAGES));
        recipient.pingPong();
        assertThat(receipts(sender, MESSAGES - 1)).containsOnly("stored", "delivered");
    }

    @Test
    void whoStopsReadingIsCutOffAndItsMessagesAreStored() {
        start(new JsonObject()
                .put("sessions", new JsonObject().put("ackTimeout", "5s"))
                .put("limits", new JsonObject().put("unansweredSends", 1_000)));
        RawClient sender = RawClient.login(node.port(), ann);
        RawClient stuck = ready(bob);
        try (Conversation others = Conversation.on(node);
                CapturedLog log = CapturedLog.ofParley()) {
            sender.sendBytes(singles(bob, MESSAGES, 60_000));
            assertThat(receipts(sender, MESSAGES)).containsOnly("stored");
            log.await(1, "session ended");
            assertThat(log.lines("session ended")).singleElement().asString().contains("reason=slow");
            assertThat(log.complaints()).isEmpty();
            others.goesOn();
        }
        stuck.cut();
        RawClient back = RawClient.login(node.port(), bob);
        assertThat(clientIds(takeAndAck(back, MESSAGES))).isEqualTo(clientIds(0, MESSAGES));
    }

    @Test
    void aMailboxHasAMaximumCount() {
        start("mailbox", new JsonObject().put("maxMessages", 5));
        RawClient sender = RawClient.login(node.port(), ann);
        fill(sender, 5, 10);
        assertEmptiedAndUsable(sender, 5);
    }

    @Test
    void aMailboxHasAMaximumOfBytes() {
        start("mailbox", new JsonObject().put("maxBytes", "256KiB"));
        RawClient sender = RawClient.login(node.port(), ann);
        fill(sender, 4, 60_000);
        assertEmptiedAndUsable(sender, 4);
    }

    /** Sends what fits and one more. */
    private void fill(RawClient sender, int fitting, int bytes) {
        sender.sendBytes(singles(absent, fitting + 1, bytes));
        assertThat(receipts(sender, fitting)).containsOnly("stored");
        assertRefused(sender, "mailbox_full");
    }

    private void assertEmptiedAndUsable(RawClient sender, int stored) {
        try (RawClient recipient = RawClient.login(node.port(), absent)) {
            assertThat(clientIds(takeAndAck(recipient, stored))).isEqualTo(clientIds(0, stored));
            recipient.send(RawClient.LOGOUT, new JsonObject());
            recipient.expect(RawClient.BYE);
            assertThat(recipient.isClosedWithin(RawClient.PATIENCE)).isTrue();
        }
        awaitOffline(sender);
        sender.single("c" + stored, absent, "again");
        assertThat(receipts(sender, 1)).containsExactly("stored");
    }

    private void awaitOffline(RawClient asking) {
        JsonObject online;
        do {
            asking.send(ONLINE, new JsonObject().put("user_ids", List.of(absent)));
            online = asking.expect(ONLINE_ANSWER).getJsonObject("online");
        } while (online.getBoolean(absent));
    }

    @Test
    void aLaneHasADepth() {
        start("limits", new JsonObject().put("laneDepth", 10));
        RawClient sender = RawClient.login(node.port(), ann);
        RawClient recipient = ready(bob);
        sender.sendBytes(singles(bob, 15, 10));
        for (int i = 10; i < 15; i++) {
            JsonObject receipt = assertRefused(sender, "too_many");
            assertThat(receipt.getString("client_id")).isEqualTo("c" + i);
            assertThat(receipt.getLong("retry_after_ms")).isPositive();
        }
        assertThat(clientIds(takeAndAck(recipient, 10))).isEqualTo(clientIds(0, 10));
        assertThat(receipts(sender, 10)).containsOnly("delivered");
        sender.single("c10", bob, "again");
        takeAndAck(recipient, 1);
        assertThat(receipts(sender, 1)).containsExactly("delivered");
    }

    /** A delivery has more fields than the command that it comes from. */
    @Test
    void whatWouldNotFitIntoADeliveryIsRefusedToItsSender() {
        start("limits", new JsonObject().put("maxFrame", "4KiB"));
        RawClient sender = RawClient.login(node.port(), ann);
        RawClient recipient = ready(bob);
        int bytes = 4_096 - singles(bob, 1, 0).length();
        assertThat(isAccepted(sender, bytes))
                .as("a message as large as its frame may be")
                .isFalse();
        while (!isAccepted(sender, --bytes)) {
            assertThat(bytes).as("bytes of a message that fits").isGreaterThan(3_000);
        }
        JsonObject largest = take(recipient, 1).get(0);
        assertThat(Bytes.frame(DELIVERY, largest.encode()).length()).isBetween(4_096 - 64, 4_096);
        recipient.ack(seq(largest));
        assertThat(receipts(sender, 1)).containsExactly("delivered");
    }

    /** Whether it was not refused at once. */
    private boolean isAccepted(RawClient sender, int bytes) {
        sender.sendBytes(singles(bob, 1, bytes).appendBuffer(Bytes.frame(PING, "{}")));
        RawClient.Frame first = sender.next();
        if (first.command() == PONG) {
            return true;
        }
        assertThat(first.content().getString("error")).isEqualTo("frame_too_large");
        assertThat(first.content().getString("detail")).contains("chat_content");
        sender.expect(PONG);
        return false;
    }

    /** Logged in, and with nothing left to drain: it gets what is pushed. */
    private RawClient ready(String user) {
        RawClient client = RawClient.login(node.port(), user);
        String status;
        int tries = 0;
        do {
            client.single("to itself " + tries++, user, "x");
            RawClient.Frame first = client.next();
            RawClient.Frame delivery = first.command() == DELIVERY ? first : client.next();
            client.ack(seq(delivery.content()));
            RawClient.Frame receipt = first == delivery ? client.next() : first;
            status = receipt.content().getString("status");
        } while (!status.equals("delivered"));
        return client;
    }

    private static Buffer singles(String to, int number, int bytes) {
        Buffer buffer = Buffer.buffer();
        for (int i = 0; i < number; i++) {
            JsonObject content = new JsonObject().put("client_id", "c" + i).put("chat_to", to);
            buffer.appendBuffer(Bytes.frame(
                    SINGLE, content.put("chat_content", "x".repeat(bytes)).encode()));
        }
        return buffer;
    }

    private static List<JsonObject> take(RawClient recipient, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> recipient.expect(DELIVERY))
                .toList();
    }

    private static List<JsonObject> takeAndAck(RawClient recipient, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> {
                    JsonObject delivery = recipient.expect(DELIVERY);
                    recipient.ack(seq(delivery));
                    return delivery;
                })
                .toList();
    }

    private static long seq(JsonObject delivery) {
        return delivery.getLong("seq");
    }

    private static List<String> clientIds(List<JsonObject> deliveries) {
        return deliveries.stream().map(each -> each.getString("client_id")).toList();
    }

    private static List<String> receipts(RawClient sender, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> sender.expect(RECEIPT).getString("status"))
                .toList();
    }

    private static List<String> clientIds(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "c" + i).toList();
    }

    private static JsonObject assertRefused(RawClient sender, String error) {
        JsonObject receipt = sender.expect(RECEIPT);
        assertThat(receipt.getString("status")).isEqualTo("refused");
        assertThat(receipt.getString("error")).isEqualTo(error);
        return receipt;
    }
}
