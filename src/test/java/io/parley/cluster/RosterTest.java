package io.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import io.parley.bus.Addresses;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RosterTest {

    private final Addresses me = new Addresses("me", "1", 1);
    private final Addresses ann = new Addresses("node.ann", "1", 1);
    private final List<String> left = new ArrayList<>();
    private final Set<Member> members = new LinkedHashSet<>();
    private final Cluster cluster = answering(Cluster.class, "getMembers", members);
    private final Member myself = member(me.self(), true);
    private Roster roster = new Roster(me, left::add);

    private static Member member(String node, boolean local) {
        return (Member) Proxy.newProxyInstance(
                RosterTest.class.getClassLoader(),
                new Class<?>[] {Member.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getAttribute" -> node;
                    case "localMember" -> local;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> null;
                });
    }

    private static <T> T answering(Class<T> type, String asked, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                RosterTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getName().equals(asked) ? answer : null));
    }

    private void follow() {
        members.add(myself);
        roster.follow(cluster);
    }

    private Member join(String node) {
        Member member = member(node, false);
        members.add(member);
        roster.memberAdded(new MembershipEvent(cluster, member, MembershipEvent.MEMBER_ADDED, members));
        return member;
    }

    private void leave(Member member) {
        members.remove(member);
        roster.memberRemoved(new MembershipEvent(cluster, member, MembershipEvent.MEMBER_REMOVED, members));
    }

    @Test
    void whoWasThereBeforeIsKnown() {
        members.add(member(ann.self(), false));
        follow();
        assertThat(roster.others()).containsExactly(ann.self());
        assertThat(roster.reach(ann.gateway(0))).isTrue();
        assertThat(roster.reach(ann.courier(0))).isTrue();
        assertThat(roster.reach(Addresses.witness(ann.self()))).isTrue();
    }

    @Test
    void aNodeReachesItselfAndIsNoneOfTheOthers() {
        follow();
        assertThat(roster.reach(me.gateway(0))).isTrue();
        assertThat(roster.others()).isEmpty();
    }

    @Test
    void aNodeMayJoinAndLeave() {
        follow();
        Member member = join(ann.self());
        assertThat(roster.reach(ann.gateway(0))).isTrue();
        assertThat(left).isEmpty();
        leave(member);
        assertThat(roster.reach(ann.gateway(0))).isFalse();
        assertThat(left).containsExactly(ann.self());
    }

    /** Or a push could slip in between, which nobody fails. */
    @Test
    void whenALossIsToldTheNodeIsNotReachedAnyMore() {
        List<Boolean> reached = new ArrayList<>();
        roster = new Roster(me, node -> reached.add(roster.reach(ann.gateway(0))));
        follow();
        leave(join(ann.self()));
        assertThat(reached).containsExactly(false);
    }

    @Test
    void anEarlierRunOfANodeIsNotReached() {
        follow();
        join(ann.self());
        assertThat(roster.reach(new Addresses("node.ann", "2", 1).gateway(0))).isFalse();
        assertThat(roster.reach(new Addresses("node", "1", 1).gateway(0))).isFalse();
    }

    @Test
    void aNodeThatCameBackAsAnotherRunIsNotTheOneThatLeft() {
        follow();
        Member before = join(ann.self());
        Addresses after = new Addresses("node.ann", "2", 1);
        join(after.self());
        leave(before);
        assertThat(left).containsExactly(ann.self());
        assertThat(roster.others()).containsExactly(after.self());
    }

    @Test
    void aMemberThatIsNoNodeOfOursIsNotThere() {
        follow();
        Member stranger = join(null);
        assertThat(roster.others()).isEmpty();
        assertThat(roster.reach("")).isFalse();
        leave(stranger);
        assertThat(left).isEmpty();
    }

    @Test
    void whatIsNoAddressIsNotReached() {
        follow();
        join(ann.self());
        for (String address : List.of("", ".", "auth", "delivery.0", "gateway", ann.self())) {
            assertThat(roster.reach(address)).as(address).isFalse();
        }
    }
}
