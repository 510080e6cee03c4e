package io.parley.group;

import static io.parley.testkit.RawClient.RECEIPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.MySqlConfig;
import io.parley.testkit.ClusterConf;
import io.parley.testkit.Eventually;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Groups with members on two nodes. */
@Timeout(120)
class GroupAcrossNodesIT {

    private static TestNode one;
    private static TestNode two;

    private final List<String> ids = TestNode.fresh(4);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);
    private final String cid = ids.get(2);
    private final String dan = ids.get(3);
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        ClusterConf conf = new ClusterConf(2);
        MySqlConfig mysql = Services.database();
        one = TestNode.start(mysql, Services.redis(), conf.node(0));
        two = TestNode.start(mysql, Services.redis(), conf.node(1));
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

    @AfterEach
    void leave() {
        clients.forEach(RawClient::close);
    }

    private GroupTalk login(TestNode node, String userId) {
        RawClient client = RawClient.loginReady(node.port(), userId);
        clients.add(client);
        return new GroupTalk(client);
    }

    @Test
    void membersOnBothNodesGetIt() {
        GroupTalk owner = login(one, ann);
        GroupTalk near = login(one, bob);
        GroupTalk far = login(two, cid);
        String group = owner.create("g1", "g", List.of(bob, cid, dan));
        owner.say("c1", group, "from one");
        assertThat(near.hear().getString("chat_content")).isEqualTo("from one");
        assertThat(far.hear().getString("group")).isEqualTo(group);
        assertThat(owner.client().expectReceipt("stored").getJsonObject("counts"))
                .isEqualTo(new JsonObject().put("delivered", 2).put("stored", 1));
        far.sayTo("c2", List.of(ann, bob, dan), "from two");
        assertThat(near.hear().getString("chat_content")).isEqualTo("from two");
        assertThat(owner.hear().getString("chat_content")).isEqualTo("from two");
        assertThat(far.client().expectReceipt("stored").getJsonObject("results"))
                .isEqualTo(new JsonObject()
                        .put(ann, "delivered")
                        .put(bob, "delivered")
                        .put(dan, "stored"));
        clients.forEach(RawClient::pingPong);
    }

    /** Without the notice the other node would go by what it remembers, for a minute: longer than this test waits. */
    @Test
    void aChangeOnOneNodeCountsOnTheOther() {
        GroupTalk owner = login(one, ann);
        GroupTalk far = login(two, cid);
        String group = owner.create("g1", "g", List.of(cid, dan));
        for (int round = 0; round < 5; round++) {
            owner.change(group, List.of(bob), List.of());
            Eventually.holds("two knows that bob came", () -> awayMembers(far, owner, group) == 2);
            owner.change(group, List.of(), List.of(bob));
            Eventually.holds("two knows that bob has left", () -> awayMembers(far, owner, group) == 1);
        }
    }

    /** @param here  the one member who is connected */
    private static int awayMembers(GroupTalk sender, GroupTalk here, String group) {
        sender.say("c" + System.nanoTime(), group, "hi");
        here.hear();
        return sender.client().expectReceipt("stored").getJsonObject("counts").getInteger("stored");
    }

    @Test
    void whoIsRemovedOnOneNodeIsNoMemberOnTheOther() {
        GroupTalk owner = login(one, ann);
        GroupTalk far = login(two, cid);
        String group = owner.create("g1", "g", List.of(cid, dan));
        assertThat(awayMembers(far, owner, group)).isEqualTo(1);
        owner.change(group, List.of(), List.of(cid));
        Eventually.holds("two knows that cid is out", () -> {
            far.say("c" + System.nanoTime(), group, "still here?");
            return "not_member".equals(far.client().expect(RECEIPT).getString("error"));
        });
    }
}
