package io.parley.promises;

import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.ERROR;
import static io.parley.testkit.RawClient.PATIENCE;
import static io.parley.testkit.RawClient.PING;
import static io.parley.testkit.RawClient.RECEIPT;
import static io.parley.testkit.RawClient.SINGLE;
import static io.parley.testkit.RawClient.VERIFIED;
import static io.parley.testkit.RawClient.VERIFY;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.RawClient;
import io.parley.testkit.TestNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The small dialect that existing clients of this framing speak, over TLS (DESIGN section 3). */
class Version0IT {

    private static TestNode node;

    private final List<String> users = TestNode.fresh(2);
    private final String ann = users.get(0);
    private final String bob = users.get(1);

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
        users.forEach(node::add);
    }

    @Test
    void twoClientsLogInByPhoneNumberAndWriteToEachOther() {
        RawClient first = login(ann);
        RawClient second = login(bob);
        first.send(SINGLE, message(bob, "你好"));
        assertPush(second, ann, "你好");
        second.send(SINGLE, message(ann, "hello").put("chat_from", "somebody else"));
        assertPush(first, bob, "hello");
    }

    @Test
    void aWrongPasswordIsCodeZeroAndTheNextTryMayBeRight() {
        RawClient client = RawClient.connect(node.port(), 0);
        client.send(VERIFY, verify(ann).put("password", "wrong"));
        assertThat(client.expect(VERIFIED)).isEqualTo(new JsonObject().put("code", 0));
        client.send(VERIFY, verify(ann));
        assertThat(client.expect(VERIFIED)).isEqualTo(new JsonObject().put("code", 1));
    }

    @Test
    void nothingIsSaidThatTheseClientsDoNotKnow() {
        RawClient client = RawClient.connect(node.port(), 0);
        client.send(SINGLE, message(bob, "before the login"));
        client.send(VERIFY, verify(ann));
        assertThat(client.expect(VERIFIED).getInteger("code")).isEqualTo(1);
        client.send(PING, new JsonObject());
        client.send(77, new JsonObject());
        client.send(SINGLE, new JsonObject());
        client.send(VERIFY, verify(ann));
        client.send(SINGLE, message("nobody-has-this-id", "x"));
        client.send(SINGLE, message(bob, "stored"));
        client.send(SINGLE, message(ann, "to myself"));
        assertPush(client, ann, "to myself");
    }

    @Test
    void whatWaitedArrivesAfterTheLoginInOrder() {
        RawClient sender = login(ann);
        for (int i = 0; i < 100; i++) {
            sender.send(SINGLE, message(bob, "n" + i));
        }
        // Behind the others, in the same lane; its receipt says that all are stored.
        RawClient witness = RawClient.login(node.port(), ann);
        witness.single("last", bob, "n100");
        assertThat(witness.expect(RECEIPT).getString("status")).isEqualTo("stored");

        RawClient recipient = login(bob);
        for (int i = 0; i <= 100; i++) {
            assertPush(recipient, ann, "n" + i);
        }
    }

    /** More of them than may be unacknowledged: these clients never acknowledge. */
    @Test
    void aPushCountsAsDeliveredWhenItIsWrittenAndIsNotReplayed() {
        RawClient sender = RawClient.login(node.port(), ann);
        RawClient recipient = login(bob);
        for (int i = 0; i < 600; i++) {
            sender.single("c" + i, bob, "n" + i);
            assertPush(recipient, ann, "n" + i);
            // The first ones may meet the login drain.
            assertThat(sender.expect(RECEIPT).getString("status"))
                    .isIn(i < 10 ? List.of("stored", "delivered") : List.of("delivered"));
        }
        recipient.close();
        RawClient again = login(bob);
        again.send(SINGLE, message(bob, "first after the login"));
        assertPush(again, bob, "first after the login");
    }

    @Test
    void aClientOfVersion1GetsTheirMessagesWithAllFields() {
        RawClient sender = login(ann);
        RawClient recipient = RawClient.login(node.port(), bob);
        sender.send(SINGLE, message(bob, "x"));
        JsonObject delivery = recipient.expect(DELIVERY);
        assertThat(delivery.getString("client_id")).isNotBlank();
        assertThat(delivery.getString("message_id")).isNotBlank();
        assertThat(delivery.getString("from_name")).isEqualTo("Name of " + ann);
    }

    @Test
    void severalFramesMayComeInOneWrite() {
        RawClient recipient = login(bob);
        RawClient sender = RawClient.connect(node.port(), 0);
        Buffer frames = frame(VERIFY, verify(ann));
        for (int i = 0; i < 5; i++) {
            frames.appendBuffer(frame(SINGLE, message(bob, "n" + i)));
        }
        sender.sendBytes(frames);
        assertThat(sender.expect(VERIFIED).getInteger("code")).isEqualTo(1);
        for (int i = 0; i < 5; i++) {
            assertPush(recipient, ann, "n" + i);
        }
    }

    @Test
    void whyTheStreamWasBrokenIsSaidBeforeItIsClosed() {
        RawClient client = login(ann);
        client.sendBytes(Bytes.header(5, 0, PING));
        RawClient.Frame frame = client.next();
        assertThat(frame.version()).isZero();
        assertThat(frame.command()).isEqualTo(ERROR);
        assertThat(frame.content().getString("error")).isEqualTo("bad_frame");
        assertThat(client.isClosedWithin(PATIENCE)).isTrue();
    }

    @Test
    void aNewerLoginEndsTheOlderOne() {
        RawClient older = login(ann);
        RawClient newer = login(ann);
        assertThat(older.isClosedWithin(PATIENCE)).isTrue();
        newer.send(SINGLE, message(ann, "still here"));
        assertPush(newer, ann, "still here");
    }

    private static RawClient login(String user) {
        RawClient client = RawClient.connect(node.port(), 0);
        client.send(VERIFY, verify(user));
        assertThat(client.expect(VERIFIED)).isEqualTo(new JsonObject().put("code", 1));
        return client;
    }

    private static JsonObject verify(String user) {
        return new JsonObject().put("phone_number", user).put("password", TestNode.PASSWORD);
    }

    private static JsonObject message(String to, String text) {
        return new JsonObject().put("chat_to", to).put("chat_content", text);
    }

    private static Buffer frame(int command, JsonObject content) {
        return Bytes.frame(0, command, content.encode().getBytes(StandardCharsets.UTF_8));
    }

    /** Exactly these two fields, and in version 0. */
    private static void assertPush(RawClient client, String from, String text) {
        RawClient.Frame push = client.next();
        assertThat(push.version()).isZero();
        assertThat(push.command()).isEqualTo(DELIVERY);
        assertThat(push.content())
                .isEqualTo(new JsonObject().put("chat_from", from).put("chat_content", text));
    }
}
