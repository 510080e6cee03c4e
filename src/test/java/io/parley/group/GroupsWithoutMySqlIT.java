package io.parley.group;

import static io.parley.testkit.RawClient.ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.dev.MariaDbServer;
import io.parley.protocol.Question;
import io.parley.testkit.Eventually;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Promise 9 for groups: what the node remembers goes on, the rest is unavailable, and all is well again by itself. */
@Timeout(120)
class GroupsWithoutMySqlIT {

    private final List<String> ids = TestNode.fresh(2);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);

    @Test
    void groupsInUseGoOn() throws IOException {
        MariaDbServer mysql = Services.ownMariaDb();
        try (TestNode node = TestNode.start(mysql.config(), Services.redis(), new JsonObject())) {
            node.add(ids);
            try (RawClient client = RawClient.loginReady(node.port(), ann);
                    RawClient member = RawClient.loginReady(node.port(), bob)) {
                GroupTalk owner = new GroupTalk(client);
                String inUse = owner.create("g1", "In use", List.of(bob));
                String idle = owner.create("g2", "Idle", List.of(bob));
                owner.say("c1", inUse, "before");
                new GroupTalk(member).hear();
                client.expectReceipt("delivered");

                mysql.kill();
                owner.say("c2", inUse, "meanwhile");
                assertThat(new GroupTalk(member).hear().getString("chat_content"))
                        .isEqualTo("meanwhile");
                client.expectReceipt("delivered");
                owner.say("c3", idle, "lost?");
                assertThat(client.expectReceipt("refused").getString("error")).isEqualTo("unavailable");
                client.send(Question.GroupList.ID, new JsonObject());
                assertThat(client.expect(ERROR).getString("error")).isEqualTo("unavailable");
                owner.askToCreate("g3", "New", List.of(bob));
                assertThat(client.expect(ERROR).getString("error")).isEqualTo("unavailable");
                owner.askToChange(inUse, List.of(), List.of(bob));
                assertThat(client.expect(ERROR).getString("error")).isEqualTo("unavailable");

                mysql.restart();
                Eventually.holds("groups are listed again", () -> {
                    client.send(Question.GroupList.ID, new JsonObject());
                    return client.next().command() == GroupTalk.GROUPS;
                });
                owner.say("c3", idle, "not lost");
                new GroupTalk(member).hear();
                client.expectReceipt("delivered");
            }
        } finally {
            mysql.stop();
        }
    }
}
