package io.parley;

import static io.parley.testkit.RawClient.BYE;
import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A disabled account and a new password end live sessions, with their heartbeat. */
@Timeout(120)
class SessionsEndIT {

    private static TestNode node;

    private String ann;
    private String bob;

    @BeforeAll
    static void start() {
        node = TestNode.start(
                Services.database(),
                Services.redis(),
                new JsonObject().put("sessions", new JsonObject().put("heartbeat", "1s")));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void accounts() {
        List<String> fresh = TestNode.fresh(2);
        ann = fresh.get(0);
        bob = fresh.get(1);
        node.add(ann, bob);
    }

    @Test
    void aDisabledAccountsSessionEndsAndItsTokenIsOfNoUse() {
        RawClient session = RawClient.connect(node.port());
        session.verify(ann, TestNode.PASSWORD);
        String token = session.expect(VERIFIED).getString("token");
        TestNode.await(node.accounts().disable(ann));
        assertThat(session.expect(BYE).getString("reason")).isEqualTo("revoked");

        RawClient again = RawClient.connect(node.port());
        again.verifyWithToken(ann, token);
        assertThat(again.expect(VERIFIED).getString("error")).isEqualTo("bad_credentials");
    }

    @Test
    void aNewPasswordEndsSessionsOfTheOldOneOnlyAndLosesNothing() {
        RawClient old = RawClient.login(node.port(), ann);
        RawClient other = RawClient.login(node.port(), bob);
        other.send(
                RawClient.SINGLE,
                new JsonObject().put("client_id", "1").put("chat_to", ann).put("chat_content", "hi"));
        assertThat(old.expect(DELIVERY).getString("chat_content")).isEqualTo("hi");
        TestNode.await(node.accounts().passwd(ann, "another-secret"));
        assertThat(old.expect(BYE).getString("reason")).isEqualTo("revoked");
        other.expectReceipt("stored");

        RawClient fresh = RawClient.connect(node.port());
        fresh.verify(ann, "another-secret");
        assertThat(fresh.expect(VERIFIED).getInteger("code")).isEqualTo(1);
        assertThat(fresh.expect(DELIVERY).getString("chat_content")).isEqualTo("hi");
        assertThat(fresh.isClosedWithin(Duration.ofSeconds(3)))
                .as("for some heartbeats")
                .isFalse();
        other.pingPong();
    }
}
