package io.parley.room;

import static io.parley.testkit.RoomClient.LOOK;
import static io.parley.testkit.RoomClient.LOOK_ANSWER;
import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.auth.NewAccount;
import io.parley.testkit.ClusterConf;
import io.parley.testkit.Eventually;
import io.parley.testkit.NodeProcess;
import io.parley.testkit.RoomClient;
import io.parley.testkit.Scrape;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rooms and broadcast between two nodes, also when one of them hangs, dies and comes back. */
@Timeout(240)
class RoomAcrossNodesIT {

    /** A second's wait for a node that does not answer (architecture.md, Rooms), and some for a busy machine. */
    private static final long LOOK_NANOS = 3_000_000_000L;

    private static TestNode one;
    private static NodeProcess two;

    private final List<String> ids = TestNode.fresh(3);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);
    private final String cay = ids.get(2);
    private final String lobby = "lobby-of-" + ann;

    @BeforeAll
    static void start() {
        ClusterConf conf = new ClusterConf(2);
        var mysql = Services.database();
        var redis = Services.redis();
        one = TestNode.start(mysql, redis, conf.node(0));
        two = NodeProcess.start(mysql, redis, conf.node(1));
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    @BeforeEach
    void addAccounts() {
        one.add(ids);
    }

    /** On the second node, when it knows that the first one has somebody in the lobby. */
    private RoomClient joinAtTwo(String userId, String inside) {
        RoomClient client = RoomClient.login(two.port(), userId);
        Eventually.holds("the node knows of the room", () -> client.look(lobby).contains(inside));
        return client.join(lobby);
    }

    @Test
    void aRoomIsOneRoomOnBothNodes() {
        try (RoomClient atOne = RoomClient.login(one.port(), ann).join(lobby);
                RoomClient atTwo = joinAtTwo(bob, ann)) {
            atOne.expectEntered(lobby, bob);
            atOne.sayAndWait(lobby, "from one");
            atTwo.expectSaid(lobby, ann, "from one");
            atTwo.sayAndWait(lobby, "from two");
            atOne.expectSaid(lobby, bob, "from two");
            assertThat(atOne.look(lobby)).containsExactly(ann, bob);
            assertThat(atTwo.look(lobby)).containsExactly(ann, bob);
            try (RoomClient outside = RoomClient.login(one.port(), cay)) {
                assertThat(outside.look(lobby)).containsExactly(ann, bob);
                outside.hearsNothing();
            }
            atTwo.leave(lobby);
            atOne.expectLeft(lobby, bob);
            assertThat(atTwo.look(lobby)).containsExactly(ann);
            atOne.sayAndWait(lobby, "anybody?");
            atTwo.hearsNothing();
        }
    }

    @Test
    void aSessionThatEndsOnOneNodeLeavesOnTheOther() {
        try (RoomClient atOne = RoomClient.login(one.port(), ann).join(lobby)) {
            RoomClient atTwo = joinAtTwo(bob, ann);
            atOne.expectEntered(lobby, bob);
            atTwo.raw().cut();
            atOne.expectLeft(lobby, bob);
            assertThat(atOne.look(lobby)).containsExactly(ann);
        }
    }

    /** Each listener hears what one speaker does in its order, whichever node it is on. */
    @Test
    void whatOneDoesInOneGoIsHeardInThatOrder() {
        try (RoomClient listener = RoomClient.login(one.port(), ann).join(lobby);
                RoomClient hasty = joinAtTwo(bob, ann)) {
            listener.expectEntered(lobby, bob);
            for (int i = 0; i < 100; i++) {
                hasty.say(lobby, "" + i);
            }
            hasty.raw().send(RoomClient.LEAVE, RoomClient.room(lobby));
            for (int i = 0; i < 100; i++) {
                listener.expectSaid(lobby, bob, "" + i);
            }
            listener.expectLeft(lobby, bob);
        }
    }

    @Test
    void aBroadcastReachesEverybodyOnBothNodesOnce() {
        String caster = "caster-" + ann;
        await(one.accounts().add(new NewAccount(caster, "Name of " + caster, TestNode.PASSWORD, Set.of("admin"))));
        try (RoomClient speaker = RoomClient.login(two.port(), caster);
                RoomClient atOne = RoomClient.login(one.port(), ann);
                RoomClient atTwo = RoomClient.login(two.port(), bob)) {
            speaker.broadcast("to all");
            speaker.raw().expectReceipt("sent");
            atOne.expectBroadcast(caster, "to all");
            atTwo.expectBroadcast(caster, "to all");
            for (RoomClient each : List.of(speaker, atOne, atTwo)) {
                each.hearsNothing();
            }
        }
    }

    /** A node that hangs costs the others a second when they look, and bounded memory when they speak. */
    @Test
    void aNodeThatHangsHoldsUpNobodyAndHearsAgain() {
        String text = "x".repeat(30_000);
        try (RoomClient atOne = RoomClient.login(one.port(), ann).join(lobby);
                RoomClient atTwo = joinAtTwo(bob, ann)) {
            atOne.expectEntered(lobby, bob);
            two.freeze();
            try {
                for (int i = 0; i < 600; i++) {
                    atOne.sayAndWait(lobby, i + text);
                }
                long asked = System.nanoTime();
                assertThat(atOne.look(lobby)).containsExactly(ann);
                assertThat(System.nanoTime() - asked)
                        .as("nanoseconds of a look")
                        .isLessThan(LOOK_NANOS);
                assertThat(Scrape.of(one.httpPort()).value("parley_rooms_dropped_total{reason=\"not_sent\"}"))
                        .as("18 MB were said, and a window has 4 MiB")
                        .isPositive();
            } finally {
                two.thaw();
            }
            Eventually.holds("bob is seen again", () -> atOne.look(lobby).contains(bob));
            atTwo.expectSaid(lobby, ann, "0" + text);
            Eventually.holds("bob hears again", () -> {
                atOne.sayAndWait(lobby, "again");
                return atTwo.raw()
                        .expect(RoomClient.SAID)
                        .getString("chat_content")
                        .equals("again");
            });
        }
    }

    @Test
    void theRoomsOfANodeThatDiesAreTrueSoonAndGoOn() {
        try (RoomClient atOne = RoomClient.login(one.port(), ann).join(lobby)) {
            RoomClient atTwo = joinAtTwo(bob, ann);
            atOne.expectEntered(lobby, bob);
            two.kill();
            long killed = System.nanoTime();
            atOne.sayAndWait(lobby, "anybody?");
            assertThat(atOne.look(lobby)).containsExactly(ann);
            assertThat(System.nanoTime() - killed).as("nanoseconds of a look").isLessThan(LOOK_NANOS);
            atTwo.close();
            two.start();
            try (RoomClient back = joinAtTwo(bob, ann)) {
                atOne.expectEntered(lobby, bob);
                atOne.sayAndWait(lobby, "welcome back");
                back.expectSaid(lobby, ann, "welcome back");
                atOne.raw().send(LOOK, new JsonObject());
                assertThat(atOne.raw()
                                .expect(LOOK_ANSWER)
                                .getJsonObject("rooms")
                                .getJsonArray(lobby))
                        .hasSize(2);
            }
        }
    }
}
