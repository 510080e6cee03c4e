package io.parley.room;

import static io.parley.testkit.RoomClient.ENTERED;
import static io.parley.testkit.RoomClient.JOIN;
import static io.parley.testkit.RoomClient.LEAVE;
import static io.parley.testkit.RoomClient.LEFT;
import static io.parley.testkit.RoomClient.LOOK;
import static io.parley.testkit.RoomClient.LOOK_ANSWER;
import static io.parley.testkit.RoomClient.SAID;
import static io.parley.testkit.RoomClient.room;
import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.auth.NewAccount;
import io.parley.testkit.Eventually;
import io.parley.testkit.RawClient;
import io.parley.testkit.RoomClient;
import io.parley.testkit.Scrape;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rooms and broadcast on one node, whose clients are spread over its gateways. */
@Timeout(120)
class RoomIT {

    private static TestNode node;

    private final List<String> ids = TestNode.fresh(3);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);
    private final String cay = ids.get(2);
    private final String lobby = "lobby-of-" + ann;

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
        node.add(ids);
    }

    private static RoomClient login(String userId) {
        return RoomClient.login(node.port(), userId);
    }

    @Test
    void everybodyHearsWhoEntersSpeaksAndLeaves() {
        try (RoomClient first = login(ann);
                RoomClient second = login(bob)) {
            first.join(lobby);
            second.join(lobby);
            first.expectEntered(lobby, bob);
            first.sayAndWait(lobby, "你好");
            assertThat(second.expectSaid(lobby, ann, "你好").getString("client_id"))
                    .isEqualTo("say-0");
            second.leave(lobby);
            first.expectLeft(lobby, bob);
            first.sayAndWait(lobby, "anybody?");
            second.hearsNothing();
        }
    }

    @Test
    void whoSpeaksDoesNotHearIt() {
        try (RoomClient speaker = login(ann).join(lobby)) {
            speaker.sayAndWait(lobby, "echo?");
            speaker.hearsNothing();
        }
    }

    @Test
    void whoIsNotInTheRoomNeitherSpeaksNorLeaves() {
        try (RoomClient inside = login(ann).join(lobby);
                RoomClient outside = login(bob)) {
            outside.say(lobby, "let me in");
            assertThat(outside.raw().expectReceipt("refused").getString("error"))
                    .isEqualTo("not_member");
            outside.raw().send(LEAVE, room(lobby));
            assertThat(outside.expectError(LEAVE)).isEqualTo("not_member");
            inside.hearsNothing();
        }
    }

    @Test
    void joiningTwiceIsAnsweredToOneselfAlone() {
        try (RoomClient first = login(ann).join(lobby);
                RoomClient second = login(bob).join(lobby)) {
            first.expectEntered(lobby, bob);
            second.join(lobby);
            first.hearsNothing();
            assertThat(first.look(lobby)).containsExactly(ann, bob);
        }
    }

    @Test
    void aSessionIsInSoManyRoomsAndNoMore() {
        try (RoomClient client = login(ann)) {
            for (int i = 0; i < 32; i++) {
                client.join(lobby + i);
            }
            client.raw().send(JOIN, room(lobby));
            assertThat(client.expectError(JOIN)).isEqualTo("too_many");
            client.raw().send(LOOK, new JsonObject());
            assertThat(client.raw().expect(LOOK_ANSWER).getJsonObject("rooms")).hasSize(32);
            client.leave(lobby + 7);
            client.join(lobby);
        }
    }

    @Test
    void aSessionThatEndsLeavesItsRooms() {
        try (RoomClient stays = login(ann).join(lobby)) {
            RoomClient goes = login(bob).join(lobby);
            stays.expectEntered(lobby, bob);
            goes.raw().cut();
            stays.expectLeft(lobby, bob);
            assertThat(stays.look(lobby)).containsExactly(ann);
        }
    }

    @Test
    void aLookTellsWhoIsWhereAndNothingOfOtherRooms() {
        try (RoomClient first = login(ann).join(lobby);
                RoomClient second = login(bob)) {
            assertThat(second.look(lobby)).containsExactly(ann);
            assertThat(second.look("nowhere-" + ann)).isEmpty();
            second.raw().send(LOOK, new JsonObject());
            assertThat(second.raw().expect(LOOK_ANSWER)).isEqualTo(new JsonObject().put("rooms", new JsonObject()));
            first.join(lobby + "2");
            first.raw().send(LOOK, new JsonObject());
            assertThat(first.raw().expect(LOOK_ANSWER).getJsonObject("rooms").fieldNames())
                    .isEqualTo(Set.of(lobby, lobby + "2"));
        }
    }

    /** Sent in one go: the node's answers and what the other one hears come in the order of the commands. */
    @Test
    void whatOneDoesInOneGoHappensInThatOrder() {
        try (RoomClient listener = login(ann).join(lobby);
                RoomClient hasty = login(bob)) {
            for (int round = 0; round < 20; round++) {
                hasty.raw().send(JOIN, room(lobby));
                hasty.say(lobby, "one");
                hasty.say(lobby, "two");
                hasty.raw().send(LEAVE, room(lobby));
            }
            for (int round = 0; round < 20; round++) {
                listener.expectEntered(lobby, bob);
                listener.expectSaid(lobby, bob, "one");
                listener.expectSaid(lobby, bob, "two");
                listener.expectLeft(lobby, bob);
            }
            List<Integer> heard = new ArrayList<>();
            int receipts = 0;
            while (receipts < 40 || heard.size() < 40) {
                RawClient.Frame frame = hasty.raw().next();
                if (frame.command() == RawClient.RECEIPT) {
                    assertThat(frame.content().getString("status")).isEqualTo("sent");
                    receipts++;
                } else {
                    heard.add(frame.command());
                }
            }
            for (int i = 0; i < 40; i++) {
                assertThat(heard.get(i)).isEqualTo(i % 2 == 0 ? ENTERED : LEFT);
            }
        }
    }

    @Test
    void onlyWhoHasTheRoleSpeaksToEverybody() {
        await(node.accounts()
                .add(new NewAccount(
                        "caster-" + ann, "Name of caster-" + ann, TestNode.PASSWORD, Set.of("broadcaster"))));
        try (RoomClient caster = login("caster-" + ann);
                RoomClient first = login(ann);
                RoomClient second = login(bob)) {
            first.broadcast("may I?");
            assertThat(first.raw().expectReceipt("refused").getString("error")).isEqualTo("forbidden");
            caster.broadcast("to all");
            caster.raw().expectReceipt("sent");
            first.expectBroadcast("caster-" + ann, "to all");
            second.expectBroadcast("caster-" + ann, "to all");
            caster.hearsNothing();
        }
    }

    @Test
    void aMessageThatWouldNotFitIntoAFrameIsRefused() {
        int maxFrame = node.config().limits().maxFrame();
        try (RoomClient client = login(ann).join(lobby)) {
            client.say(lobby, "x".repeat(maxFrame - 150));
            assertThat(client.raw().expectReceipt("refused").getString("error")).isEqualTo("frame_too_large");
            client.sayAndWait(lobby, "x");
        }
    }

    /** Who does not read gets no more of it, and neither holds up the others nor the speaker. */
    @Test
    void whoFallsBehindHoldsUpNobody() {
        String text = "x".repeat(30_000);
        int messages = 1_000;
        try (RoomClient speaker = login(ann).join(lobby);
                RoomClient reader = login(bob).join(lobby);
                RoomClient sleeper = login(cay).join(lobby)) {
            speaker.expectEntered(lobby, bob);
            speaker.expectEntered(lobby, cay);
            reader.expectEntered(lobby, cay);
            for (int i = 0; i < messages; i++) {
                speaker.sayAndWait(lobby, i + text);
                reader.expectSaid(lobby, ann, i + text);
            }
            // Its socket holds a part of it. The rest was not kept for it.
            sleeper.raw().send(RawClient.PING, new JsonObject());
            int heard = 0;
            while (sleeper.raw().next().command() == SAID) {
                heard++;
            }
            assertThat(heard).isBetween(1, messages - 1);
            assertThat(Scrape.of(node.httpPort()).value("parley_messages_sent_total"))
                    .isGreaterThanOrEqualTo(messages);
            Eventually.holds("it hears again", () -> {
                speaker.sayAndWait(lobby, "again");
                sleeper.raw().send(RawClient.PING, new JsonObject());
                boolean hears = sleeper.raw().next().command() == SAID;
                if (hears) {
                    sleeper.raw().expect(RawClient.PONG);
                }
                return hears;
            });
        }
    }
}
