package io.parley.group;

import static io.parley.testkit.RawClient.ERROR;
import static io.parley.testkit.RawClient.RECEIPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.auth.LoadAccounts;
import io.parley.config.MySqlConfig;
import io.parley.protocol.GroupRules;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages to several, and the groups that they go to, as clients see them. */
@Timeout(120)
class GroupIT {

    private static final MySqlConfig MYSQL = Services.database();

    private static TestNode node;

    private final List<String> ids = TestNode.fresh(4);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);
    private final String cid = ids.get(2);
    private final String dan = ids.get(3);
    private final String nobody = "nobody-" + ann;
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        JsonObject patient = new JsonObject().put("sessions", new JsonObject().put("idleTimeout", "10m"));
        node = TestNode.start(MYSQL, Services.redis(), patient);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void addAccounts() {
        node.add(ids);
    }

    @AfterEach
    void leave() {
        clients.forEach(RawClient::close);
    }

    private GroupTalk login(String userId) {
        RawClient client = RawClient.loginReady(node.port(), userId);
        clients.add(client);
        return new GroupTalk(client);
    }

    private static String error(GroupTalk asker) {
        return asker.client().expect(ERROR).getString("error");
    }

    @Test
    void toAListOfThoseWhoAreHereAwayAndUnknown() {
        GroupTalk sender = login(ann);
        GroupTalk here = login(bob);
        GroupTalk alsoHere = login(cid);
        sender.sayTo("c1", List.of(bob, dan, nobody, cid), "hello");
        JsonObject delivery = here.hear();
        assertThat(delivery.getString("chat_content")).isEqualTo("hello");
        assertThat(delivery.getString("chat_from")).isEqualTo(ann);
        assertThat(delivery.getString("client_id")).isEqualTo("c1");
        assertThat(delivery.containsKey("group")).isFalse();
        assertThat(alsoHere.hear().getString("message_id")).isEqualTo(delivery.getString("message_id"));
        JsonObject receipt = sender.client().expectReceipt("refused");
        assertThat(receipt.getString("client_id")).isEqualTo("c1");
        assertThat(receipt.getString("message_id")).isEqualTo(delivery.getString("message_id"));
        assertThat(receipt.getString("error")).isEqualTo("unknown_user");
        assertThat(receipt.getJsonObject("results"))
                .isEqualTo(new JsonObject()
                        .put(bob, "delivered")
                        .put(dan, "stored")
                        .put(nobody, "refused")
                        .put(cid, "delivered"));
        assertThat(receipt.getJsonObject("errors")).isEqualTo(new JsonObject().put(nobody, "unknown_user"));
        assertThat(receipt.containsKey("counts")).isFalse();

        RawClient late = RawClient.login(node.port(), dan);
        clients.add(late);
        JsonObject replayed = new GroupTalk(late).hear();
        assertThat(replayed.getBoolean("replayed")).isTrue();
        assertThat(replayed.getString("chat_content")).isEqualTo("hello");
    }

    @Test
    void oneselfInAListGetsItToo() {
        GroupTalk sender = login(ann);
        sender.sayTo("c1", List.of(ann, bob), "note to self");
        assertThat(sender.hear().getString("chat_content")).isEqualTo("note to self");
        JsonObject receipt = sender.client().expectReceipt("stored");
        assertThat(receipt.getString("durability")).isEqualTo("accepted");
        assertThat(receipt.getJsonObject("results"))
                .isEqualTo(new JsonObject().put(ann, "delivered").put(bob, "stored"));
        sender.sayTo("c1", List.of(ann, bob), "note to self");
        assertThat(sender.client().expectReceipt("stored")).as("of a repeat").isEqualTo(receipt);
    }

    @Test
    void aDurableGroupIsMadeOnceAndListed() {
        GroupTalk owner = login(ann);
        GroupTalk member = login(bob);
        String group = owner.create("g1", "Friday football", List.of(bob, cid));
        assertThat(owner.create("g1", "Friday football", List.of(bob, cid))).isEqualTo(group);
        assertThat(owner.create("g2", "Another", List.of(bob))).isNotEqualTo(group);
        JsonObject listed = new JsonObject()
                .put("group", group)
                .put("name", "Friday football")
                .put("owner", ann)
                .put("members", 3);
        assertThat(member.list()).hasSize(2);
        assertThat(member.list().getJsonObject(1)).isEqualTo(listed);
        assertThat(login(cid).list()).isEqualTo(new JsonArray().add(listed));
    }

    @Test
    void toADurableGroupWithCounts() {
        GroupTalk owner = login(ann);
        GroupTalk member = login(bob);
        String group = owner.create("g1", "g", List.of(bob, cid));
        member.say("c1", group, "hi");
        JsonObject delivery = owner.hear();
        assertThat(delivery.getString("group")).isEqualTo(group);
        assertThat(delivery.getString("chat_from")).isEqualTo(bob);
        JsonObject receipt = member.client().expectReceipt("stored");
        assertThat(receipt.getJsonObject("counts"))
                .isEqualTo(new JsonObject().put("delivered", 1).put("stored", 1));
        assertThat(receipt.containsKey("results")).isFalse();
        member.client().pingPong();
    }

    @Test
    void aGroupWhoseOtherMembersAreGoneDelivers() {
        GroupTalk owner = login(ann);
        String group = owner.create("g1", "g", List.of(ann));
        owner.say("c1", group, "anybody?");
        assertThat(owner.client().expectReceipt("delivered").getJsonObject("counts"))
                .isEqualTo(new JsonObject());
    }

    /** The lanes remember for a while that there was an account; so nobody has written to it before. */
    @Test
    void aMemberWhoseAccountIsDisabledCountsAsRefusedAlone() {
        GroupTalk owner = login(ann);
        String group = owner.create("g1", "g", List.of(bob, cid));
        TestNode.await(node.accounts().disable(cid));
        try (TestNode fresh = TestNode.start(MYSQL, Services.redis(), new JsonObject());
                RawClient again = RawClient.login(fresh.port(), ann)) {
            new GroupTalk(again).say("c1", group, "hi");
            JsonObject receipt = again.expectReceipt("stored");
            assertThat(receipt.getJsonObject("counts"))
                    .isEqualTo(new JsonObject().put("stored", 1).put("refused", 1));
            assertThat(receipt.containsKey("error")).isFalse();
        }
    }

    @Test
    void strangersAndUnknownGroupsAreRefused() {
        GroupTalk owner = login(ann);
        GroupTalk stranger = login(dan);
        String group = owner.create("g1", "g", List.of(bob));
        stranger.say("c1", group, "let me in");
        JsonObject receipt = stranger.client().expectReceipt("refused");
        assertThat(receipt.getString("error")).isEqualTo("not_member");
        assertThat(receipt.containsKey("message_id")).isFalse();
        stranger.say("c2", nobody, "hello?");
        assertThat(stranger.client().expectReceipt("refused").getString("error"))
                .isEqualTo("unknown_group");
        stranger.askToChange(group, List.of(dan), List.of());
        assertThat(error(stranger)).isEqualTo("not_member");
        stranger.askToChange(nobody, List.of(dan), List.of());
        assertThat(error(stranger)).isEqualTo("unknown_group");
        assertThat(stranger.list()).isEmpty();
    }

    @Test
    void unknownAccountsAreNamedAndNothingIsHalfDone() {
        GroupTalk owner = login(ann);
        owner.askToCreate("g1", "g", List.of(bob, nobody));
        JsonObject error = owner.client().expect(ERROR);
        assertThat(error.getString("error")).isEqualTo("unknown_user");
        assertThat(error.getString("detail")).contains(nobody).doesNotContain(bob);
        assertThat(error.getString("client_id")).isEqualTo("g1");
        assertThat(owner.list()).isEmpty();
        String group = owner.create("g1", "g", List.of(bob));
        owner.askToChange(group, List.of(cid, nobody), List.of(bob));
        assertThat(error(owner)).isEqualTo("unknown_user");
        assertThat(owner.list().getJsonObject(0).getInteger("members")).isEqualTo(2);
        owner.change(group, List.of(), List.of(nobody));
    }

    /** In a table that takes ids in any case. */
    @Test
    void membersAreSpeltAsTheirAccounts() {
        String query = "SELECT id, name, password_hash, roles, disabled_at FROM account WHERE LOWER(id) = LOWER(?)";
        JsonObject foreign = new JsonObject().put("auth", new JsonObject().put("accountQuery", query));
        String loud = bob.toUpperCase(Locale.ROOT);
        try (TestNode careless = TestNode.start(MYSQL, Services.redis(), foreign);
                RawClient client = RawClient.login(careless.port(), ann)) {
            GroupTalk owner = new GroupTalk(client);
            String group = owner.create("g1", "g", List.of(loud, bob));
            assertThat(owner.list().getJsonObject(0).getInteger("members")).isEqualTo(2);
            owner.change(group, List.of(cid), List.of(loud));
            assertThat(login(cid).list().getJsonObject(0).getInteger("members")).isEqualTo(2);
            assertThat(login(bob).list()).isEmpty();
        }
    }

    @Test
    void whoLeavesHearsNoMore() {
        GroupTalk owner = login(ann);
        GroupTalk member = login(bob);
        String group = owner.create("g1", "g", List.of(bob, cid));
        owner.say("c1", group, "one");
        assertThat(member.hear().getString("chat_content")).isEqualTo("one");
        owner.client().expectReceipt("stored");
        member.askToChange(group, List.of(), List.of(cid));
        assertThat(error(member)).isEqualTo("forbidden");
        member.change(group, List.of(), List.of(bob));
        owner.say("c2", group, "two");
        assertThat(owner.client().expectReceipt("stored").getJsonObject("counts"))
                .isEqualTo(new JsonObject().put("stored", 1));
        member.client().pingPong();
        member.say("c3", group, "still here");
        assertThat(member.client().expectReceipt("refused").getString("error")).isEqualTo("not_member");
        owner.askToChange(group, List.of(), List.of(ann));
        assertThat(error(owner)).isEqualTo("forbidden");
    }

    /** Promise 3. A change makes the node forget the members, so that they must be asked for each time. */
    @Test
    void aMessageToOneDoesNotOvertakeTheOneToAGroupBeforeIt() {
        GroupTalk owner = login(ann);
        GroupTalk member = login(bob);
        String group = owner.create("g1", "g", List.of(bob));
        for (int round = 0; round < 100; round++) {
            owner.change(group, List.of(bob), List.of(cid));
            owner.say("group-" + round, group, "1");
            owner.client().single("single-" + round, bob, "2");
            owner.sayTo("list-" + round, List.of(bob), "3");
            owner.client().single("another-" + round, bob, "4");
            List<String> heard = new ArrayList<>();
            while (heard.size() < 4) {
                JsonObject delivery = member.client().next().content();
                heard.add(delivery.getString("chat_content"));
                member.client().ack(delivery.getLong("seq"));
            }
            assertThat(heard).as("round %d", round).containsExactly("1", "2", "3", "4");
            for (int receipt = 0; receipt < 4; receipt++) {
                owner.client().expectReceipt("delivered");
            }
        }
    }

    /** The last in the list gets it in a later turn than the first; what follows must wait for that. */
    @Test
    void aMessageToOneDoesNotOvertakeTheOneToALongListBeforeIt() {
        GroupTalk sender = login(ann);
        GroupTalk last = login(bob);
        List<String> recipients = new ArrayList<>(TestNode.fresh(GroupRules.MAX_RECIPIENTS - 1));
        recipients.add(bob);
        for (int round = 0; round < 20; round++) {
            sender.sayTo("list-" + round, recipients, "1");
            sender.client().single("single-" + round, bob, "2");
            assertThat(last.hear().getString("chat_content")).isEqualTo("1");
            JsonObject second = last.client().expect(RawClient.DELIVERY);
            assertThat(second.getString("chat_content")).isEqualTo("2");
            last.client().ack(second.getLong("seq"));
            sender.client().expect(RECEIPT);
            sender.client().expect(RECEIPT);
        }
    }

    /** Half of them are away. Nobody misses it, nobody gets it twice, and the receipt counts them. */
    @Test
    void aGroupOf500() {
        List<String> members = TestNode.fresh(500);
        Vertx vertx = Vertx.vertx();
        List<String> tokens =
                TestNode.await(LoadAccounts.prepare(vertx, node.config().auth(), MYSQL, members, null));
        TestNode.await(vertx.close());
        GroupTalk owner = login(ann);
        String group = owner.create("g1", "g", members);
        List<RawClient> here = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            here.add(entered(members.get(i), tokens.get(i)));
        }
        owner.say("c1", group, "one");
        owner.say("c2", group, "two");
        Map<String, List<String>> heard = new HashMap<>();
        for (int i = 0; i < 250; i++) {
            heard.put(members.get(i), hearBoth(here.get(i)));
        }
        for (int i = 0; i < 2; i++) {
            JsonObject counts = owner.client().expectReceipt("stored").getJsonObject("counts");
            assertThat(counts.getInteger("delivered") + counts.getInteger("stored"))
                    .as("%s", counts)
                    .isEqualTo(500);
            assertThat(counts.getInteger("stored")).isGreaterThanOrEqualTo(250);
        }
        for (int i = 250; i < 500; i++) {
            RawClient late = entered(members.get(i), tokens.get(i));
            heard.put(members.get(i), hearBoth(late));
            late.pingPong();
        }
        here.forEach(RawClient::pingPong);
        assertThat(heard).hasSize(500).allSatisfy((member, messages) -> assertThat(messages)
                .as(member)
                .containsExactly("one", "two"));
        owner.client().pingPong();
    }

    private RawClient entered(String userId, String token) {
        RawClient client = RawClient.connect(node.port());
        clients.add(client);
        client.verifyWithToken(userId, token);
        assertThat(client.expect(RawClient.VERIFIED).getInteger("code")).isEqualTo(1);
        return client;
    }

    private static List<String> hearBoth(RawClient client) {
        GroupTalk member = new GroupTalk(client);
        return List.of(member.hear().getString("chat_content"), member.hear().getString("chat_content"));
    }

    /** More than may wait for MySQL, none of them known to the node yet. */
    @Test
    void aGroupOf5000WithoutARefusal() {
        List<String> members = TestNode.fresh(GroupRules.MAX_MEMBERS - 1);
        Vertx vertx = Vertx.vertx();
        TestNode.await(LoadAccounts.prepare(vertx, node.config().auth(), MYSQL, members, null));
        TestNode.await(vertx.close());
        GroupTalk owner = login(ann);
        String group = owner.create("g1", "g", members.subList(0, 500));
        for (int from = 500; from < members.size(); from += 500) {
            owner.change(group, members.subList(from, Math.min(members.size(), from + 500)), List.of());
        }
        owner.askToChange(group, List.of(bob), List.of());
        assertThat(error(owner)).isEqualTo("too_many");
        try (TestNode cold = TestNode.start(MYSQL, Services.redis(), new JsonObject());
                RawClient again = RawClient.login(cold.port(), ann)) {
            new GroupTalk(again).say("c1", group, "all of you");
            assertThat(again.expectReceipt("stored").getJsonObject("counts"))
                    .isEqualTo(new JsonObject().put("stored", members.size()));
        }
    }
}
