package io.parley.promises;

import static io.parley.testkit.RawClient.LOGOUT;
import static io.parley.testkit.RawClient.PATIENCE;
import static io.parley.testkit.RawClient.RECEIPT;
import static io.parley.testkit.RawClient.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.redis.Keys;
import io.parley.redis.RedisAdmin;
import io.parley.testkit.Eventually;
import io.parley.testkit.Property;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Promise 4, the classic race: messages are stored just as their recipient logs in, by senders on two gateway
 * instances. The heartbeat, which finds what a lost nudge left behind, comes much later than a message may, so that it
 * rescues nothing.
 */
@Timeout(120)
class NobodyOnlineWaitsIT {

    private static final int ROUNDS = 400;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final JsonObject NO_RESCUE = new JsonObject()
            .put("sessions", new JsonObject().put("heartbeat", "30m").put("idleTimeout", "1h"));

    private final List<String> ids = TestNode.fresh(3);
    private final String bob = ids.get(2);
    private final List<RawClient> senders = new ArrayList<>();
    private RawClient recipient;
    private String token;
    private int sent;
    private int delivered;
    /** Messages for somebody absent that were stored after the login had looked into the mailbox. */
    private int raced;

    @Test
    void whatIsStoredWhileSomebodyLogsInIsDeliveredWithoutAnotherLogin() {
        try (TestNode node = TestNode.start(Services.database(), Services.redis(), NO_RESCUE);
                RedisAdmin redis = new RedisAdmin(Services.redis())) {
            node.add(ids);
            senders.add(RawClient.login(node.port(), ids.get(0)));
            senders.add(RawClient.login(node.port(), ids.get(1)));
            assertThat(gateway(redis, ids.get(0))).isNotEqualTo(gateway(redis, ids.get(1)));
            recipient = RawClient.connect(node.port());
            recipient.verify(bob, TestNode.PASSWORD);
            token = recipient.expect(VERIFIED).getString("token");

            Property.forAll(1, random -> {
                for (int round = 0; round < ROUNDS; round++) {
                    logInWhileOthersWrite(node.port(), random);
                }
            });
            System.out.println("login races: rounds=" + ROUNDS + " sent=" + sent + " delivered=" + delivered
                    + " stored_after_the_login_had_looked=" + raced);
            assertThat(raced).as("rounds in which the race was met").isPositive();
            Eventually.holds(
                    "the mailbox is empty",
                    () -> redis.run("ZCARD", Keys.mailbox(bob)).toInteger() == 0);
            recipient.close();
            senders.forEach(RawClient::close);
        }
    }

    private static String gateway(RedisAdmin redis, String id) {
        return redis.run("GET", Keys.location(id)).toString().split(" ")[0];
    }

    /** The one before has logged out, or is taken over, by the flip of a coin. */
    private void logInWhileOthersWrite(int port, Random random) {
        RawClient before = recipient;
        boolean absent = random.nextBoolean();
        if (absent) {
            before.send(LOGOUT, new JsonObject());
            assertThat(before.isClosedWithin(PATIENCE)).isTrue();
        }
        recipient = RawClient.connect(port);
        Set<String> expected = new HashSet<>();
        List<RawClient> waiting = new ArrayList<>();
        List<Runnable> actions = new ArrayList<>();
        actions.add(() -> recipient.verifyWithToken(bob, token));
        for (int i = random.nextInt(4); i >= 0; i--) {
            String text = "m" + ++sent;
            expected.add(text);
            RawClient sender = senders.get(random.nextInt(2));
            waiting.add(sender);
            actions.add(() -> sender.single(text, bob, text));
        }
        Collections.shuffle(actions, random);
        for (Runnable action : actions) {
            action.run();
            for (int pause = random.nextInt(2_000); pause > 0; pause--) {
                Thread.yield();
            }
        }
        int storedLate = receive(expected);
        raced += absent ? storedLate : 0;
        for (RawClient sender : waiting) {
            String status = sender.expect(RECEIPT).getString("status");
            assertThat(status).isIn("delivered", "stored");
            delivered += status.equals("delivered") ? 1 : 0;
        }
        before.close();
    }

    /** @return how many came out of the mailbox that had not been there when the login looked */
    private int receive(Set<String> expected) {
        JsonObject verified = recipient.expect(VERIFIED);
        assertThat(verified.getInteger("code")).as("login %s", verified).isEqualTo(1);
        int replayed = 0;
        long seq = 0;
        while (!expected.isEmpty()) {
            RawClient.Frame frame = recipient.next(SOON);
            assertThat(frame.command()).as("%s", frame).isEqualTo(RawClient.DELIVERY);
            assertThat(expected.remove(frame.content().getString("chat_content")))
                    .as("%s, once", frame)
                    .isTrue();
            replayed += frame.content().getBoolean("replayed", false) ? 1 : 0;
            seq = frame.content().getLong("seq");
        }
        recipient.ack(seq);
        return Math.max(0, replayed - verified.getInteger("waiting"));
    }
}
