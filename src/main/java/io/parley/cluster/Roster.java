package io.parley.cluster;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import io.parley.bus.Addresses;
import io.parley.bus.Members;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is in the cluster: an immutable set, replaced on Hazelcast's thread and read by all others. */
final class Roster implements Members, MembershipListener {

    private static final Logger log = LoggerFactory.getLogger(Roster.class);

    private final Addresses addresses;
    private final Consumer<String> left;
    private volatile Set<String> others = Set.of();

    /** @param left gets each node that has left, on any thread */
    Roster(Addresses addresses, Consumer<String> left) {
        this.addresses = addresses;
        this.left = left;
    }

    /** Begins to listen, and takes up those who are there already. */
    void follow(Cluster cluster) {
        cluster.addMembershipListener(this);
        read(cluster);
    }

    @Override
    public boolean reach(String address) {
        return addresses.isHere(address) || others.contains(Addresses.nodeOf(address));
    }

    @Override
    public Set<String> others() {
        return others;
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        read(event.getCluster());
        log.info("node joined the cluster node={} others={}", node(event.getMember()), others.size());
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        read(event.getCluster());
        String node = node(event.getMember());
        log.warn("node left the cluster node={} others={}", node, others.size());
        if (node != null) {
            left.accept(node);
        }
    }

    private synchronized void read(Cluster cluster) {
        others = cluster.getMembers().stream()
                .filter(member -> !member.localMember())
                .map(Roster::node)
                .filter(node -> node != null)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Null for a member that is no Parley node. */
    private static String node(Member member) {
        return member.getAttribute(HazelcastSettings.NODE);
    }
}
