package io.parley.promises;

import static io.parley.testkit.RawClient.BYE;
import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.PATIENCE;
import static io.parley.testkit.RawClient.PING;
import static io.parley.testkit.RawClient.PONG;
import static io.parley.testkit.RawClient.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.redis.Keys;
import io.parley.redis.RedisAdmin;
import io.parley.testkit.Eventually;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Promise 5. Connections in a row come to different gateway instances, so most of this happens between two of them. The
 * heartbeat, with which sessions look after their locations, is short here; and a takeover that nobody answers takes
 * longer than these tests wait, so that none of them passes by a time-out.
 */
@Timeout(120)
class OneLiveSessionIT {

    private static final int CROSSING = 10;
    private static final int WAITING = 5;

    private static TestNode node;
    private static RedisAdmin redis;

    private final List<String> ids = TestNode.fresh(2);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);

    @BeforeAll
    static void start() {
        JsonObject sessions = new JsonObject().put("heartbeat", "1s").put("takeoverTimeout", "1m");
        node = TestNode.start(Services.database(), Services.redis(), new JsonObject().put("sessions", sessions));
        redis = new RedisAdmin(Services.redis());
    }

    @AfterAll
    static void stop() {
        node.close();
        redis.close();
    }

    @BeforeEach
    void addAccounts() {
        node.add(ids);
    }

    /** What the older one had not acknowledged comes to the newer one, which can therefore not have begun before. */
    @Test
    void aNewerLoginEndsTheOlderBeforeItIsServed() {
        try (RawClient sender = RawClient.login(node.port(), ann)) {
            RawClient current = RawClient.login(node.port(), bob);
            for (int login = 0; login < 20; login++) {
                String text = "text " + login;
                sender.single(text, bob, text);
                current.expect(DELIVERY);
                RawClient older = current;
                current = RawClient.login(node.port(), bob);
                // Not an answer to this: it was ended before the newer one was told that it is in.
                older.send(PING, new JsonObject());
                assertThat(older.expect(BYE).getString("reason")).isEqualTo("kicked");
                assertThat(older.isClosedWithin(PATIENCE)).isTrue();
                JsonObject again = current.expect(DELIVERY);
                assertThat(again.getString("chat_content")).isEqualTo(text);
                assertThat(again.getBoolean("replayed")).isTrue();
                current.ack(again.getLong("seq"));
                sender.expectReceipt("stored");
            }
            current.close();
        }
    }

    @RepeatedTest(10)
    void ofManyCrossingLoginsOneLivesAndGetsEverything() {
        try (RawClient sender = RawClient.login(node.port(), ann)) {
            for (int i = 0; i < WAITING; i++) {
                sender.single("" + i, bob, "" + i);
                sender.expectReceipt("stored");
            }
            List<RawClient> logins = new ArrayList<>();
            for (int i = 0; i < CROSSING; i++) {
                logins.add(RawClient.connect(node.port()));
            }
            logins.forEach(login -> login.verify(bob, TestNode.PASSWORD));

            Map<RawClient, List<String>> texts = new HashMap<>();
            Eventually.holds("one login is left", () -> {
                logins.removeIf(login -> !lives(login, texts.computeIfAbsent(login, first -> new ArrayList<>())));
                return logins.size() <= 1;
            });
            assertThat(logins).hasSize(1);
            RawClient live = logins.get(0);
            List<String> heard = texts.get(live);
            while (heard.size() < WAITING) {
                heard.add(live.expect(DELIVERY).getString("chat_content"));
            }
            assertThat(heard).containsExactly("0", "1", "2", "3", "4");
            live.ack(WAITING);
            live.pingPong();
            live.close();
        }
    }

    /** Whether it answers; what it is sent before that is collected, and its end must have one of the two reasons. */
    private static boolean lives(RawClient login, List<String> texts) {
        try {
            login.send(PING, new JsonObject());
        } catch (UncheckedIOException ended) {
            // What it was told is still to be read.
        }
        for (RawClient.Frame frame = login.nextOrEnd(); frame != null; frame = login.nextOrEnd()) {
            if (frame.command() == PONG) {
                return true;
            } else if (frame.command() == DELIVERY) {
                texts.add(frame.content().getString("chat_content"));
            } else if (frame.command() == BYE) {
                assertThat(frame.content().getString("reason")).isIn("kicked", "replaced");
            }
        }
        return false;
    }

    @Test
    void aWrongPasswordDisturbsNobody() {
        try (RawClient sender = RawClient.login(node.port(), ann);
                RawClient current = RawClient.loginReady(node.port(), bob);
                RawClient stranger = RawClient.connect(node.port())) {
            String location = location(bob);
            stranger.verify(bob, "not " + TestNode.PASSWORD);
            JsonObject answer = stranger.expect(VERIFIED);
            assertThat(answer.getInteger("code")).isZero();
            assertThat(answer.getString("error")).isEqualTo("bad_credentials");
            current.pingPong();
            assertThat(location(bob)).isEqualTo(location);
            sender.single("1", bob, "still here?");
            current.ack(current.expect(DELIVERY).getLong("seq"));
            sender.expectReceipt("delivered");
        }
    }

    /** Left behind by a node that was killed, or by a session that could not release it. */
    @Test
    void aStaleLocationDoesNoHarm() {
        try (RawClient sender = RawClient.login(node.port(), ann)) {
            String livingGateway = location(ann).split(" ")[0];
            int login = 0;
            for (String gateway : List.of("gateway.dead-0123.0", livingGateway)) {
                String text = "text " + login++;
                redis.run("SET", Keys.location(bob), gateway + " nobody");
                sender.single(text, bob, text);
                sender.expectReceipt("stored");
                try (RawClient recipient = RawClient.login(node.port(), bob)) {
                    JsonObject delivery = recipient.expect(DELIVERY);
                    assertThat(delivery.getString("chat_content")).isEqualTo(text);
                    recipient.ack(delivery.getLong("seq"));
                    recipient.pingPong();
                }
                Eventually.holds("the location is released", () -> location(bob) == null);
            }
        }
    }

    @Test
    void aLostLocationIsSetAgainAndWhatWasStoredMeanwhileComes() {
        try (RawClient sender = RawClient.login(node.port(), ann);
                RawClient recipient = RawClient.login(node.port(), bob)) {
            String location = location(bob);
            redis.run("DEL", Keys.location(bob));
            sender.single("1", bob, "hello");
            JsonObject delivery = recipient.expect(DELIVERY);
            assertThat(delivery.getBoolean("replayed")).isTrue();
            recipient.ack(delivery.getLong("seq"));
            sender.expectReceipt("stored");
            assertThat(location(bob)).isEqualTo(location);
            recipient.pingPong();
        }
    }

    @Test
    void aLocationTakenByASessionThatDoesNotLiveIsClaimedAgain() {
        try (RawClient recipient = RawClient.login(node.port(), bob)) {
            String location = location(bob);
            for (String dead : List.of("gateway.dead-0123.0 nobody", location.split(" ")[0] + " nobody")) {
                redis.run("SET", Keys.location(bob), dead);
                Eventually.holds(
                        "the location is claimed again", () -> location(bob).equals(location));
                recipient.pingPong();
            }
        }
    }

    /** Ann's session lives, so for bob's it looks as if it had lost a crossing claim. */
    @Test
    void aLocationTakenByASessionThatLivesEndsThisOne() {
        try (RawClient other = RawClient.login(node.port(), ann);
                RawClient recipient = RawClient.login(node.port(), bob)) {
            String taken = location(ann);
            redis.run("SET", Keys.location(bob), taken);
            assertThat(recipient.expect(BYE).getString("reason")).isEqualTo("replaced");
            assertThat(recipient.isClosedWithin(PATIENCE)).isTrue();
            other.pingPong();
            assertThat(location(bob)).isEqualTo(taken);
        }
    }

    private static String location(String id) {
        var value = redis.run("GET", Keys.location(id));
        return value == null ? null : value.toString();
    }
}
