package io.parley.promises;

import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.ERROR;
import static io.parley.testkit.RawClient.ONLINE;
import static io.parley.testkit.RawClient.ONLINE_ANSWER;
import static io.parley.testkit.RawClient.PING;
import static io.parley.testkit.RawClient.PONG;
import static io.parley.testkit.RawClient.RECEIPT;
import static io.parley.testkit.RawClient.SINGLE;
import static io.parley.testkit.RawClient.VERIFIED;
import static io.parley.testkit.RawClient.VERIFY;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logins over the wire: what a wrong one is told, and what may be sent right behind one. */
class LoggingInIT {

    private static final int MAX_FAILURES = 3;

    private static TestNode node;

    private final List<String> users = TestNode.fresh(3);
    private final String ann = users.get(0);
    private final String bob = users.get(1);
    private final String nobody = users.get(2);

    @BeforeAll
    static void start() {
        JsonObject strict = new JsonObject().put("maxFailures", MAX_FAILURES).put("lockTime", "5m");
        node = TestNode.start(Services.database(), Services.redis(), new JsonObject().put("auth", strict));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void addAccounts() {
        node.add(ann, bob);
    }

    @Test
    void aWrongPasswordGetsTheSameAnswerWhetherTheIdIsKnownOrNot() {
        RawClient client = RawClient.connect(node.port());
        JsonObject known = refusal(client, ann, "wrong");
        JsonObject unknown = refusal(client, nobody, "wrong");
        assertThat(known.getString("error")).isEqualTo("bad_credentials");
        assertThat(unknown).isEqualTo(known);
    }

    @Test
    void anIdIsLockedAfterTooManyWrongPasswordsWhetherItIsKnownOrNot() {
        RawClient client = RawClient.connect(node.port());
        for (String id : List.of(ann, nobody)) {
            for (int i = 0; i < MAX_FAILURES; i++) {
                assertThat(refusal(client, id, "wrong").getString("error")).isEqualTo("bad_credentials");
            }
            JsonObject locked = refusal(client, id, TestNode.PASSWORD);
            assertThat(locked.getString("error")).isEqualTo("locked");
            assertThat(locked.getLong("retry_after_ms")).isBetween(1L, 300_000L);
        }
        client.verify(bob, TestNode.PASSWORD);
        assertThat(client.expect(VERIFIED).getString("user_id")).isEqualTo(bob);
    }

    @Test
    void whatComesRightBehindALoginIsServed() {
        JsonObject toBob = new JsonObject().put("client_id", "c").put("chat_to", bob);
        RawClient client = RawClient.connect(node.port());
        client.sendBytes(verify(ann, TestNode.PASSWORD)
                .appendBuffer(Bytes.frame(PING, "{\"n\":1}"))
                .appendBuffer(
                        Bytes.frame(SINGLE, toBob.put("chat_content", "hello").encode()))
                .appendBuffer(Bytes.frame(ONLINE, "{\"user_ids\":[\"" + ann + "\"]}"))
                .appendBuffer(verify(bob, TestNode.PASSWORD)));
        assertThat(client.expect(VERIFIED).getString("user_id")).isEqualTo(ann);
        assertThat(client.expect(PONG).getInteger("n")).isEqualTo(1);
        Map<Integer, JsonObject> answers = new TreeMap<>();
        for (int i = 0; i < 3; i++) {
            RawClient.Frame frame = client.next();
            answers.put(frame.command(), frame.content());
        }
        assertThat(answers.get(RECEIPT).getString("status")).isEqualTo("stored");
        assertThat(answers.get(ONLINE_ANSWER).getJsonObject("online").getBoolean(ann))
                .isTrue();
        assertThat(answers.get(ERROR).getString("error")).isEqualTo("already_verified");
        assertThat(RawClient.login(node.port(), bob).expect(DELIVERY).getString("chat_from"))
                .isEqualTo(ann);
    }

    @Test
    void whatComesRightBehindAWrongLoginIsRefusedAndTheNextLoginCounts() {
        RawClient client = RawClient.connect(node.port());
        client.sendBytes(verify(ann, "wrong")
                .appendBuffer(Bytes.frame(ONLINE, "{\"user_ids\":[\"" + ann + "\"]}"))
                .appendBuffer(verify(ann, TestNode.PASSWORD))
                .appendBuffer(Bytes.frame(ONLINE, "{\"user_ids\":[\"" + ann + "\"]}")));
        assertThat(client.expect(VERIFIED).getString("error")).isEqualTo("bad_credentials");
        assertThat(client.expect(ERROR).getString("error")).isEqualTo("not_verified");
        assertThat(client.expect(VERIFIED).getInteger("code")).isEqualTo(1);
        assertThat(client.expect(ONLINE_ANSWER).getJsonObject("online").getBoolean(ann))
                .isTrue();
    }

    @Test
    void aDisabledAccountIsTreatedLikeNone() {
        TestNode.await(node.accounts().disable(ann));
        RawClient client = RawClient.connect(node.port());
        assertThat(refusal(client, ann, TestNode.PASSWORD)).isEqualTo(refusal(client, nobody, "wrong"));
    }

    private static JsonObject refusal(RawClient client, String user, String password) {
        client.verify(user, password);
        JsonObject verified = client.expect(VERIFIED);
        assertThat(verified.getInteger("code")).isZero();
        return verified;
    }

    private static Buffer verify(String user, String password) {
        return Bytes.frame(
                VERIFY,
                new JsonObject().put("user_id", user).put("password", password).encode());
    }
}
