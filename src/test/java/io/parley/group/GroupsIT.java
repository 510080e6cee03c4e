package io.parley.group;

import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.MySqlConfig;
import io.parley.mysql.MySqlPool;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.GroupInfo;
import io.parley.protocol.GroupRules;
import io.parley.protocol.Refusal;
import io.parley.schema.Migrations;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules of groups, kept by MySQL: each change is done as a whole or not at all. */
@Timeout(120)
class GroupsIT {

    private static Vertx vertx;
    private static MySqlPool pool;

    private final Groups groups = new Groups(pool);
    private final String group = TestNode.fresh(1).get(0);

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        MySqlConfig mysql = Services.database();
        await(Migrations.of(vertx, mysql, true).apply());
        pool = MySqlPool.open(vertx, mysql);
    }

    @AfterAll
    static void close() {
        await(pool.close());
        await(vertx.close());
    }

    @BeforeEach
    void create() {
        await(groups.create(group, "Friday football", "ann", List.of("bob", "ann")));
    }

    private List<String> members() {
        return await(groups.members(group));
    }

    private static void refused(Future<?> answer, ErrorCode code) {
        Throwable failure = await(answer.<Throwable>map(done -> null).otherwise(refusal -> refusal));
        assertThat(failure).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                .isEqualTo(code));
    }

    @Test
    void aGroupHasItsMembers() {
        assertThat(members()).containsExactly("ann", "bob");
        assertThat(await(groups.exists(group))).isTrue();
        assertThat(await(groups.exists("no-" + group))).isFalse();
        refused(groups.members("no-" + group), ErrorCode.UNKNOWN_GROUP);
    }

    @Test
    void aRepeatChangesNothing() {
        await(groups.create(group, "Another name", "ann", List.of("ann", "cid")));
        assertThat(members()).containsExactly("ann", "bob");
    }

    @Test
    void twoNodesThatMakeItAtOnceMakeOne() {
        String other = "other-" + group;
        List<Future<Void>> made = IntStream.range(0, 8)
                .mapToObj(i -> groups.create(other, "g", "ann", List.of("ann", "bob", "cid")))
                .toList();
        await(Future.all(made));
        assertThat(await(groups.members(other))).containsExactly("ann", "bob", "cid");
    }

    @Test
    void itsOwnerAddsAndRemoves() {
        await(groups.change("ann", group, Set.of("cid", "bob"), Set.of("nobody-there")));
        assertThat(members()).containsExactly("ann", "bob", "cid");
        await(groups.change("ann", group, Set.of("dan"), Set.of("bob", "cid")));
        assertThat(members()).containsExactly("ann", "dan");
    }

    @Test
    void itsOwnerStays() {
        refused(groups.change("ann", group, Set.of(), Set.of("bob", "ann")), ErrorCode.FORBIDDEN);
        assertThat(members()).containsExactly("ann", "bob");
    }

    @Test
    void othersMayOnlyLeave() {
        refused(groups.change("bob", group, Set.of("cid"), Set.of()), ErrorCode.FORBIDDEN);
        refused(groups.change("bob", group, Set.of(), Set.of("ann")), ErrorCode.FORBIDDEN);
        refused(groups.change("bob", group, Set.of("cid"), Set.of("bob")), ErrorCode.FORBIDDEN);
        refused(groups.change("cid", group, Set.of(), Set.of("cid")), ErrorCode.NOT_MEMBER);
        assertThat(members()).containsExactly("ann", "bob");
        await(groups.change("bob", group, Set.of(), Set.of("bob")));
        assertThat(members()).containsExactly("ann");
        refused(groups.change("bob", group, Set.of(), Set.of("bob")), ErrorCode.NOT_MEMBER);
        refused(groups.change("ann", "no-" + group, Set.of("bob"), Set.of()), ErrorCode.UNKNOWN_GROUP);
    }

    @Test
    void aFullGroupTakesNobodyAndStaysAsItWas() {
        List<String> many = IntStream.range(0, GroupRules.MAX_MEMBERS - 2)
                .mapToObj(i -> "m" + i)
                .toList();
        await(groups.change("ann", group, many, Set.of()));
        assertThat(members()).hasSize(GroupRules.MAX_MEMBERS);
        refused(groups.change("ann", group, List.of("one-more"), List.of()), ErrorCode.TOO_MANY);
        refused(groups.change("ann", group, List.of("x", "y"), List.of("m0")), ErrorCode.TOO_MANY);
        assertThat(members()).hasSize(GroupRules.MAX_MEMBERS).contains("m0").doesNotContain("x", "one-more");
        await(groups.change("ann", group, List.of("x"), List.of("m0")));
        await(groups.change("ann", group, List.of("x", "m1"), List.of()));
        assertThat(members()).hasSize(GroupRules.MAX_MEMBERS).contains("x");
    }

    @Test
    void changesAtOnceOnSeveralNodesKeepTheBound() {
        List<String> many = IntStream.range(0, GroupRules.MAX_MEMBERS - 4)
                .mapToObj(i -> "m" + i)
                .toList();
        await(groups.change("ann", group, many, Set.of()));
        List<Future<Void>> changes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            changes.add(groups.change("ann", group, List.of("late-" + i), List.of()));
        }
        await(Future.join(changes).otherwiseEmpty());
        assertThat(changes).filteredOn(Future::succeeded).hasSize(2);
        assertThat(members()).hasSize(GroupRules.MAX_MEMBERS);
    }

    /** A member that cannot be written down: the group is not made either. */
    @Test
    void whatCannotBeMadeAsAWholeIsNotMade() {
        String other = "other-" + group;
        refused(groups.create(other, "g", "ann", List.of("ann", "x".repeat(100))), ErrorCode.UNAVAILABLE);
        assertThat(await(groups.exists(other))).isFalse();
        refused(groups.change("ann", group, List.of("cid", "x".repeat(100)), List.of("bob")), ErrorCode.UNAVAILABLE);
        assertThat(members()).containsExactly("ann", "bob");
    }

    @Test
    void idsAreWhatTheyAreToTheLetter() {
        await(groups.change("ann", group, List.of("ANN", "Bob", "bób"), List.of()));
        assertThat(members()).containsExactlyInAnyOrder("ann", "bob", "ANN", "Bob", "bób");
        await(groups.change("ann", group, List.of(), List.of("ANN", "Bob")));
        assertThat(members()).containsExactlyInAnyOrder("ann", "bob", "bób");
    }

    @Test
    void theListIsByNameAndBounded() {
        String eve = "eve-" + group;
        await(groups.create("2" + group, "Beta", eve, List.of(eve, "bob")));
        await(groups.create("1" + group, "Gamma", "ann", List.of(eve, "bob", "ann")));
        await(groups.create("3" + group, "Alpha", eve, List.of(eve)));
        List<GroupInfo> all = await(groups.list(eve, 10));
        assertThat(all)
                .containsExactly(
                        new GroupInfo("3" + group, "Alpha", eve, 1),
                        new GroupInfo("2" + group, "Beta", eve, 2),
                        new GroupInfo("1" + group, "Gamma", "ann", 3));
        assertThat(await(groups.list(eve, 2))).isEqualTo(all.subList(0, 2));
        assertThat(await(groups.list("nobody-" + group, 10))).isEmpty();
    }

    @Test
    void whoIsInItIsRememberedUntilItIsForgotten() {
        Membership membership = new Membership(groups);
        Context loop = vertx.getOrCreateContext();
        refused(onLoop(loop, () -> membership.of(group, "cid")), ErrorCode.NOT_MEMBER);
        refused(onLoop(loop, () -> membership.of("no-" + group, "ann")), ErrorCode.UNKNOWN_GROUP);
        assertThat(await(onLoop(loop, () -> membership.of(group, "bob")))).containsExactly("ann", "bob");
        await(pool.query("DELETE FROM group_member WHERE group_id = ? AND account_id = 'bob'", Tuple.of(group)));
        assertThat(await(onLoop(loop, () -> membership.of(group, "bob")))).containsExactly("ann", "bob");
        refused(
                onLoop(loop, () -> {
                    membership.forget(group);
                    return membership.of(group, "bob");
                }),
                ErrorCode.NOT_MEMBER);
        assertThat(await(onLoop(loop, () -> membership.of(group, "ann")))).containsExactly("ann");
    }

    /** What was asked before the change and is answered after it must not be remembered. */
    @Test
    void anAnswerFromBeforeAChangeIsNotRemembered() {
        Membership membership = new Membership(groups);
        Context loop = vertx.getOrCreateContext();
        await(onLoop(loop, () -> {
            Future<List<String>> before = membership.of(group, "ann");
            membership.forget(group);
            return before;
        }));
        await(pool.query("DELETE FROM group_member WHERE group_id = ? AND account_id = 'bob'", Tuple.of(group)));
        assertThat(await(onLoop(loop, () -> membership.of(group, "ann")))).containsExactly("ann");
    }

    private static <T> Future<T> onLoop(Context loop, Supplier<Future<T>> task) {
        Promise<T> answer = Promise.promise();
        loop.runOnContext(now -> task.get().onComplete(answer));
        return answer.future();
    }

    @Test
    void withoutMySqlItIsUnavailable() {
        MySqlPool closed = MySqlPool.open(vertx, Services.database());
        await(closed.close());
        Groups cut = new Groups(closed);
        refused(cut.members(group), ErrorCode.UNAVAILABLE);
        refused(cut.list("ann", 1), ErrorCode.UNAVAILABLE);
        refused(cut.create("x" + group, "g", "ann", List.of("ann")), ErrorCode.UNAVAILABLE);
        refused(cut.change("ann", group, List.of("cid"), List.of()), ErrorCode.UNAVAILABLE);
    }
}
