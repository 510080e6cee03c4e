package io.parley.bus;

import java.util.Set;

/** Which nodes are in the cluster now, as this node sees it. Shared by all threads. */
public interface Members {

    /** Whether the node of this gateway or courier is here or in the cluster, so that it makes sense to send there. */
    boolean reach(String address);

    /** The other nodes, as {@link Addresses#self} names each of them. */
    Set<String> others();

    /** Of a node that is not in a cluster: whoever is not here was left behind by an earlier run. */
    static Members alone(Addresses addresses) {
        return new Members() {
            @Override
            public boolean reach(String address) {
                return addresses.isHere(address);
            }

            @Override
            public Set<String> others() {
                return Set.of();
            }
        };
    }
}
