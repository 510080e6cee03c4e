package io.parley.promises;

import static io.parley.testkit.RawClient.BYE;
import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.ERROR;
import static io.parley.testkit.RawClient.LOGOUT;
import static io.parley.testkit.RawClient.RECEIPT;
import static io.parley.testkit.RawClient.SINGLE;
import static io.parley.testkit.RawClient.VERIFIED;
import static io.parley.testkit.RawClient.VERIFY;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.MySqlConfig;
import io.parley.config.RedisConfig;
import io.parley.testkit.CapturedLog;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Promise 8, second half: passwords and tokens never reach a log or an error, nor does what people write to each other.
 * Everything that Parley and its libraries say is listened to, down to trace, from before the node starts until it has
 * stopped.
 */
class SecretsStaySecretIT {

    private static final String TOKEN_SECRET = "signs-the-tokens-of-a-test-0123456789";
    private static final String WRONG = "wrong-guess-of-a-test";
    private static final String TEXT = "what-ann-confides-to-bob";

    private final List<String> users = TestNode.fresh(2);
    private final String ann = users.get(0);
    private final String bob = users.get(1);
    private final List<String> answers = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>(List.of(TestNode.PASSWORD, WRONG, TOKEN_SECRET, TEXT));

    @Test
    void noSecretReachesALogOrAnError() {
        MySqlConfig mysql = Services.database();
        RedisConfig redis = Services.redis();
        secrets.addAll(List.of(mysql.password(), redis.password()));
        // Faults and log lines name configurations as they print themselves.
        answers.addAll(List.of(mysql.toString(), redis.toString()));
        JsonObject token = new JsonObject().put("secret", TOKEN_SECRET);
        // A cheap hash, but one: a password kept as it is would be read back from MySQL.
        JsonObject auth = new JsonObject().put("token", token).put("hashFormat", "bcrypt");
        try (CapturedLog log = CapturedLog.ofEverybody()) {
            try (TestNode node = TestNode.start(mysql, redis, new JsonObject().put("auth", auth))) {
                node.add(ann, bob);
                talk(node);
                mistakes(node);
            }
            assertThat(log.lines()).extracting(CapturedLog.Line::logger).anyMatch(name -> name.startsWith("io.netty"));
            assertThat(log.lines("refused")).hasSizeGreaterThan(5);
            for (String secret : secrets) {
                assertThat(log.lines()).extracting(CapturedLog.Line::text).noneMatch(text -> text.contains(secret));
                assertThat(answers).noneMatch(answer -> answer.contains(secret));
            }
        }
    }

    /** As it should be: with a password, with a token, and a message that waits in between. */
    private void talk(TestNode node) {
        RawClient sender = RawClient.connect(node.port());
        sender.verify(ann, TestNode.PASSWORD);
        String token = sender.expect(VERIFIED).getString("token");
        secrets.add(token);
        secrets.add(token.substring(token.lastIndexOf('.') + 1));
        sender.single("c1", bob, TEXT);
        answers.add(sender.expect(RECEIPT).encode());
        RawClient recipient = RawClient.login(node.port(), bob);
        recipient.ack(recipient.expect(DELIVERY).getLong("seq"));
        sender.single("c2", bob, TEXT);
        recipient.ack(recipient.expect(DELIVERY).getLong("seq"));
        answers.add(sender.expect(RECEIPT).encode());
        sender.send(LOGOUT, new JsonObject());
        sender.expect(BYE);

        RawClient again = RawClient.connect(node.port());
        again.send(VERIFY, new JsonObject().put("user_id", ann).put("token", token));
        assertThat(again.expect(VERIFIED).getInteger("code")).isEqualTo(1);
        again.verify(ann, WRONG);
        answers.add(again.expect(ERROR).encode());
        again.send(SINGLE, new JsonObject().put("client_id", "c").put("chat_content", TEXT));
        answers.add(again.expect(ERROR).encode());
    }

    /** Everything that a client can do wrong with a secret. */
    private void mistakes(TestNode node) {
        RawClient client = RawClient.connect(node.port());
        client.verify(ann, WRONG);
        refused(client);
        client.verify("nobody-has-this-id", WRONG);
        refused(client);
        client.verify(WRONG + " with a space", TestNode.PASSWORD);
        answers.add(client.expect(ERROR).encode());
        for (String token : List.of(WRONG, WRONG + "." + WRONG + "." + WRONG, forged(), WRONG.repeat(1_000))) {
            client.send(VERIFY, new JsonObject().put("user_id", ann).put("token", token));
            refused(client);
        }
        for (String content : List.of(
                "{\"user_id\":\"" + ann + "\",\"password\":\"" + WRONG,
                "{\"user_id\":\"" + ann + "\",\"password\":[\"" + WRONG + "\"]}",
                "{\"user_id\":5,\"password\":\"" + WRONG + "\"}",
                "{\"password\":\"" + WRONG + "\",\"" + WRONG + "\":1,\"" + WRONG + "\":2}",
                "{\"user_id\":\"" + ann + "\",\"password\":\"" + WRONG + "\",\"token\":\"" + WRONG + "\"}",
                WRONG)) {
            client.sendBytes(Bytes.frame(VERIFY, content));
            answers.add(client.expect(ERROR).encode());
        }
        client.sendBytes(Bytes.frame(77, "{\"password\":\"" + WRONG + "\"}"));
        answers.add(client.expect(ERROR).encode());
        client.sendBytes(Bytes.header(5, 1, VERIFY).appendString(WRONG));
        answers.add(client.expect(ERROR).encode());
    }

    private void refused(RawClient client) {
        JsonObject answer = client.expect(VERIFIED);
        assertThat(answer.getString("error")).isEqualTo("bad_credentials");
        answers.add(answer.encode());
    }

    /** Well-formed, and signed with something else. */
    private static String forged() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString("{\"typ\":\"JWT\",\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8))
                + '.'
                + base64.encodeToString("{\"sub\":\"ann\"}".getBytes(StandardCharsets.UTF_8))
                + '.'
                + base64.encodeToString(WRONG.getBytes(StandardCharsets.UTF_8));
    }
}
