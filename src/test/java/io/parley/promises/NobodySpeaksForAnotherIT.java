package io.parley.promises;

import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.RECEIPT;
import static io.parley.testkit.RawClient.SINGLE;
import static io.parley.testkit.RawClient.VERIFIED;
import static io.parley.testkit.RawClient.VERIFY;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.RawClient;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Promise 8, first half: the sender is the session's account, whatever the content or a token claims. */
class NobodySpeaksForAnotherIT {

    private static TestNode node;

    private final List<String> users = TestNode.fresh(3);
    private final String ann = users.get(0);
    private final String bob = users.get(1);
    private final String eve = users.get(2);

    @BeforeAll
    static void start() {
        node = TestNode.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    NobodySpeaksForAnotherIT() {
        users.forEach(node::add);
    }

    @Test
    void whatTheContentClaimsAboutItsSenderIsIgnored() {
        RawClient recipient = RawClient.login(node.port(), bob);
        RawClient sender = RawClient.login(node.port(), eve);
        sender.send(
                SINGLE,
                new JsonObject()
                        .put("client_id", "c")
                        .put("chat_to", bob)
                        .put("chat_content", "I am ann")
                        .put("chat_from", ann)
                        .put("from_name", "Name of " + ann)
                        .put("user_id", ann)
                        .put("message_id", "0")
                        .put("seq", 77)
                        .put("sent_at", 1));
        JsonObject delivery = recipient.expect(DELIVERY);
        assertThat(delivery.getString("chat_from")).isEqualTo(eve);
        assertThat(delivery.getString("from_name")).isEqualTo("Name of " + eve);
        assertThat(delivery.getString("message_id")).hasSizeGreaterThan(1);
        assertThat(delivery.getLong("seq")).isEqualTo(1);
        assertThat(delivery.getLong("sent_at")).isGreaterThan(1);
    }

    @Test
    void aTokenSpeaksForItsOwnAccountOnly() {
        String token = tokenOf(ann);
        RawClient thief = RawClient.connect(node.port());
        thief.send(VERIFY, new JsonObject().put("user_id", eve).put("token", token));
        JsonObject refused = thief.expect(VERIFIED);
        assertThat(refused.getInteger("code")).isZero();
        assertThat(refused.getString("error")).isEqualTo("bad_credentials");
        thief.single("c", bob, "not verified");
        assertThat(thief.expect(RawClient.ERROR).getString("error")).isEqualTo("not_verified");

        thief.send(VERIFY, new JsonObject().put("user_id", ann).put("token", token));
        assertThat(thief.expect(VERIFIED).getString("user_id")).isEqualTo(ann);
    }

    @Test
    void aTokenThatWasChangedSpeaksForNobody() {
        String[] parts = tokenOf(eve).split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        assertThat(claims).contains(eve);
        for (String header : List.of("{\"typ\":\"JWT\",\"alg\":\"HS256\"}", "{\"typ\":\"JWT\",\"alg\":\"none\"}")) {
            for (String signature : List.of(parts[2], "")) {
                String forged = base64(header) + '.' + base64(claims.replace(eve, ann)) + '.' + signature;
                RawClient forger = RawClient.connect(node.port());
                forger.send(VERIFY, new JsonObject().put("user_id", ann).put("token", forged));
                assertThat(forger.expect(VERIFIED).getString("error")).isEqualTo("bad_credentials");
            }
        }
    }

    /** One session, one account: a client cannot change who it is and have its messages carry either name. */
    @Test
    void aSecondVerifyDoesNotChangeTheSender() {
        RawClient recipient = RawClient.login(node.port(), bob);
        RawClient sender = RawClient.login(node.port(), eve);
        sender.verify(ann, TestNode.PASSWORD);
        assertThat(sender.expect(RawClient.ERROR).getString("error")).isEqualTo("already_verified");
        sender.single("c", bob, "x");
        JsonObject delivery = recipient.expect(DELIVERY);
        assertThat(delivery.getString("chat_from")).isEqualTo(eve);
        recipient.ack(delivery.getLong("seq"));
        assertThat(sender.expect(RECEIPT).getString("client_id")).isEqualTo("c");
    }

    private static String tokenOf(String user) {
        try (RawClient client = RawClient.connect(node.port())) {
            client.verify(user, TestNode.PASSWORD);
            return client.expect(VERIFIED).getString("token");
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
