package io.parley.room;

import static io.parley.testkit.RoomClient.ENTERED;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.ClusterConf;
import io.parley.testkit.Eventually;
import io.parley.testkit.RawClient;
import io.parley.testkit.RoomClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A room of 500 on two nodes: everything that is said in it is counted at each of them. */
@Timeout(240)
class FanOutIT {

    private static final int PEOPLE = 500;
    private static final int SPEAKERS = 10;
    private static final int MESSAGES = 5;

    private final List<String> ids = TestNode.fresh(PEOPLE);
    private final List<RoomClient> clients = new ArrayList<>();
    private final String lobby = "lobby-of-" + ids.get(0);

    @Test
    void everybodyHearsEverythingOnce() {
        ClusterConf conf = new ClusterConf(2);
        var mysql = Services.database();
        var redis = Services.redis();
        try (TestNode one = TestNode.start(mysql, redis, conf.node(0));
                TestNode two = TestNode.start(mysql, redis, conf.node(1))) {
            one.add(ids);
            try {
                enter(one, two);
                List<String> said = speak();
                everybodyHears(said);
            } finally {
                clients.forEach(RoomClient::close);
            }
        }
    }

    /** One after the other, on the nodes in turn; each hears of all who come behind it. */
    private void enter(TestNode one, TestNode two) {
        for (int i = 0; i < PEOPLE; i++) {
            RoomClient client = RoomClient.login((i % 2 == 0 ? one : two).port(), ids.get(i));
            clients.add(client);
            if (i == 1) {
                String first = ids.get(0);
                Eventually.holds(
                        "the node knows of the room", () -> client.look(lobby).contains(first));
            }
            client.join(lobby);
            if (i == 1) {
                clients.get(0).expectEntered(lobby, ids.get(1));
            }
        }
        for (int i = 0; i < PEOPLE; i++) {
            for (int later = Math.max(2, i + 1); later < PEOPLE; later++) {
                String entered = clients.get(i).raw().expect(ENTERED).getString("user_id");
                assertThat(entered).as("heard by %d", i).isIn(ids);
            }
        }
        assertThat(clients.get(0).look(lobby)).containsExactlyInAnyOrderElementsOf(ids);
    }

    private List<String> speak() {
        List<String> said = new ArrayList<>();
        for (int message = 0; message < MESSAGES; message++) {
            for (int speaker = 0; speaker < SPEAKERS; speaker++) {
                String text = speaker + ":" + message;
                clients.get(speaker).say(lobby, text);
                said.add(text);
            }
        }
        return said;
    }

    private void everybodyHears(List<String> said) {
        long heard = 0;
        for (int i = 0; i < PEOPLE; i++) {
            String own = i + ":";
            List<String> expected =
                    said.stream().filter(text -> !text.startsWith(own)).toList();
            List<String> texts = new ArrayList<>();
            int frames = i < SPEAKERS ? said.size() : expected.size();
            for (int frame = 0; frame < frames; frame++) {
                RawClient.Frame next = clients.get(i).raw().next();
                if (next.command() == RoomClient.SAID) {
                    texts.add(next.content().getString("chat_content"));
                } else {
                    assertThat(next.content().getString("status")).isEqualTo("sent");
                }
            }
            assertThat(texts).as("heard by %d", i).containsExactlyInAnyOrderElementsOf(expected);
            clients.get(i).hearsNothing();
            heard += texts.size();
        }
        assertThat(heard).isEqualTo((long) SPEAKERS * MESSAGES * (PEOPLE - 1));
    }
}
