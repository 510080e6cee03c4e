package io.parley.guests;

import static io.parley.guests.GuestsNode.guest;
import static io.parley.guests.GuestsNode.knock;
import static io.parley.guests.GuestsNode.old;
import static io.parley.guests.GuestsNode.refusedTo;
import static io.parley.testkit.RawClient.BYE;
import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.ONLINE;
import static io.parley.testkit.RawClient.ONLINE_ANSWER;
import static io.parley.testkit.RawClient.SINGLE;
import static io.parley.testkit.RawClient.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.redis.Keys;
import io.parley.redis.RedisAdmin;
import io.parley.testkit.Eventually;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ids without an account, on a node that lets them in (DESIGN section 5, Guests). */
@Timeout(120)
class GuestsIT {

    private static final int WINDOW = 8;

    private static TestNode node;
    private static RedisAdmin redis;

    private final List<String> ids = TestNode.fresh(3);
    private final String ann = ids.get(0);
    private final String gus = ids.get(1);
    private final String eve = ids.get(2);

    @BeforeAll
    static void start() {
        JsonObject different = GuestsNode.listeners()
                .put("limits", new JsonObject().put("ackWindow", WINDOW))
                .put("sessions", new JsonObject().put("heartbeat", "1s"));
        node = TestNode.start(Services.database(), Services.redis(), different);
        redis = new RedisAdmin(Services.redis());
    }

    @AfterAll
    static void stop() {
        redis.close();
        node.close();
    }

    @Test
    void aGuestComesInUnderAFreeIdAndGetsNoToken() {
        try (RawClient client = RawClient.connectPlain(node.port("guests"), 1)) {
            JsonObject verified = knock(client, gus);
            assertThat(verified.getInteger("code")).isEqualTo(1);
            assertThat(verified.getString("user_id")).isEqualTo(gus);
            assertThat(verified.getString("user_name")).isEqualTo(gus);
            assertThat(verified.getInteger("waiting")).isZero();
            assertThat(verified.containsKey("token")).isFalse();
        }
    }

    @Test
    void withoutGuestsTheListenerAsksForAPassword() {
        try (RawClient client = RawClient.connect(node.port())) {
            JsonObject answer = knock(client, gus);
            assertThat(answer.getString("error")).isEqualTo("bad_content");
            assertThat(answer.getString("detail")).contains("password or token");
        }
    }

    @Test
    void anIdInUseIsForbiddenAndTheNextTryOnTheSameConnectionMayBeAnother() {
        try (RawClient first = guest(node, gus);
                RawClient second = RawClient.connectPlain(node.port("guests"), 1)) {
            assertThat(knock(second, gus).getString("error")).isEqualTo("forbidden");
            assertThat(knock(second, eve).getInteger("code")).isEqualTo(1);
            first.pingPong();
        }
    }

    @Test
    void anIdIsFreeAgainWhenItsGuestHasLeft() {
        guest(node, gus).cut();
        Eventually.holds("the id is free", () -> redis.run("GET", Keys.location(gus)) == null);
        guest(node, gus).close();
    }

    @Test
    void anIdWithAnAccountIsRefusedAndItsPasswordIsGoodHereToo() {
        node.add(ann);
        assertThat(refusedTo(node, ann)).isEqualTo("bad_credentials");
        try (RawClient client = RawClient.connectPlain(node.port("guests"), 1)) {
            client.verify(ann, TestNode.PASSWORD);
            assertThat(client.expect(VERIFIED).getString("token")).isNotEmpty();
        }
    }

    @Test
    void messagesGoToAGuestAndFromOne() {
        node.add(ann);
        try (RawClient account = RawClient.loginReady(node.port(), ann);
                RawClient guest = guest(node, gus)) {
            account.single("c1", gus, "你好");
            JsonObject toGuest = guest.expect(DELIVERY);
            assertThat(toGuest.getString("chat_content")).isEqualTo("你好");
            guest.ack(1);
            account.expectReceipt("delivered");

            guest.single("c2", ann, "hello");
            JsonObject toAccount = account.expect(DELIVERY);
            assertThat(toAccount.getString("chat_from")).isEqualTo(gus);
            account.ack(toAccount.getLong("seq"));
            guest.expectReceipt("delivered");
        }
    }

    @Test
    void aMessageToAGuestWhoLeftIsRefusedAndStoredNowhere() {
        node.add(ann);
        try (RawClient account = RawClient.login(node.port(), ann)) {
            RawClient guest = guest(node, gus);
            account.single("c1", gus, "in flight");
            guest.expect(DELIVERY);
            guest.cut();
            assertUnknown(account, "c1");
            account.single("c2", gus, "too late");
            assertUnknown(account, "c2");
            account.single("c3", eve, "never here");
            assertUnknown(account, "c3");
        }
        assertNothingIsStored();
    }

    @Test
    void whatAGuestCannotTakeIsRefusedAndNothingBeforeItIsLost() {
        node.add(ann);
        try (RawClient account = RawClient.login(node.port(), ann);
                RawClient guest = guest(node, gus)) {
            for (int i = 0; i < WINDOW + 3; i++) {
                account.single("c" + i, gus, "" + i);
            }
            for (int i = 0; i < 3; i++) {
                assertThat(account.expectReceipt("refused").getString("error")).isEqualTo("too_many");
            }
            for (int i = 0; i < WINDOW; i++) {
                assertThat(guest.expect(DELIVERY).getString("chat_content")).isEqualTo("" + i);
            }
            guest.ack(WINDOW);
            for (int i = 0; i < WINDOW; i++) {
                assertThat(account.expectReceipt("delivered").getString("client_id"))
                        .isEqualTo("c" + i);
            }
            account.single("again", gus, "again");
            guest.expect(DELIVERY);
        }
        assertNothingIsStored();
    }

    @Test
    void aReplacingGuestEndsTheOneBefore() {
        try (RawClient first = guest(node, gus)) {
            RawClient second = old(node, gus);
            assertThat(first.expect(BYE).getString("reason")).isEqualTo("kicked");
            RawClient third = old(node, gus);
            assertThat(second.isClosedWithin(RawClient.PATIENCE)).isTrue();
            assertThat(refusedTo(node, gus)).as("a guest who may not replace").isEqualTo("forbidden");
            third.close();
        }
    }

    /** What is stored for the account by then must not be shown to the guest, nor what comes later. */
    @Test
    void aGuestWhoseIdBecomesAnAccountsEndsAndHasReadNothingOfItsMailbox() {
        node.add(ann);
        try (RawClient guest = guest(node, gus);
                RawClient writer = RawClient.login(node.port(), ann)) {
            redis.run("ZADD", Keys.mailbox(gus), 0, "00000000000000000001 {\"secret\":1}");
            node.add(gus);
            assertThat(guest.expect(BYE).getString("reason")).isEqualTo("revoked");
            redis.run("DEL", Keys.mailbox(gus));
            Eventually.holds("a message waits for the account", () -> {
                writer.single("c" + System.nanoTime(), gus, "for the account");
                return writer.expect(RawClient.RECEIPT).getString("status").equals("stored");
            });
            try (RawClient account = RawClient.login(node.port(), gus)) {
                assertThat(account.expect(DELIVERY).getString("chat_content")).isEqualTo("for the account");
            }
        }
    }

    @Test
    void anAccountsLoginEndsTheGuestWhoHadItsId() {
        try (RawClient guest = guest(node, gus)) {
            node.add(gus);
            try (RawClient account = RawClient.login(node.port(), gus)) {
                assertThat(guest.expect(BYE).getString("reason")).isIn("kicked", "revoked");
                account.pingPong();
            }
        }
    }

    @Test
    void aGuestIsOnlineWhileItIsThere() {
        try (RawClient asking = guest(node, eve)) {
            try (RawClient guest = guest(node, gus)) {
                guest.pingPong();
                assertThat(online(asking, gus)).isTrue();
            }
            Eventually.holds("the guest is offline", () -> !online(asking, gus));
        }
    }

    @Test
    void twoClientsOfVersion0WriteToEachOtherWithNothingButTheirNumbers() {
        RawClient first = old(node, gus);
        RawClient second = old(node, eve);
        first.send(SINGLE, message(eve, "你好"));
        assertPush(second, gus, "你好");
        second.send(SINGLE, message(gus, "hello").put("chat_from", "somebody else"));
        assertPush(first, eve, "hello");
        first.send(SINGLE, message("nobody-" + gus, "never here"));
        first.send(SINGLE, message(gus, "to myself"));
        assertPush(first, gus, "to myself");
        first.close();
        second.close();
    }

    private void assertNothingIsStored() {
        for (String id : List.of(gus, eve)) {
            assertThat(redis.run("EXISTS", Keys.mailbox(id), Keys.bytes(id)).toInteger())
                    .isZero();
        }
    }

    private static void assertUnknown(RawClient sender, String clientId) {
        JsonObject receipt = sender.expectReceipt("refused");
        assertThat(receipt.getString("client_id")).isEqualTo(clientId);
        assertThat(receipt.getString("error")).isEqualTo("unknown_user");
    }

    private static boolean online(RawClient asking, String userId) {
        asking.send(ONLINE, new JsonObject().put("user_ids", new JsonArray().add(userId)));
        return asking.expect(ONLINE_ANSWER).getJsonObject("online").getBoolean(userId);
    }

    private static JsonObject message(String to, String text) {
        return new JsonObject().put("chat_to", to).put("chat_content", text);
    }

    private static void assertPush(RawClient client, String from, String text) {
        RawClient.Frame push = client.next();
        assertThat(push.version()).isZero();
        assertThat(push.command()).isEqualTo(DELIVERY);
        assertThat(push.content())
                .isEqualTo(new JsonObject().put("chat_from", from).put("chat_content", text));
    }
}
