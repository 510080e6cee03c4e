package io.parley.delivery;

import io.parley.bus.Presence;
import io.parley.protocol.Location;
import java.util.HashMap;
import java.util.Map;

/**
 * The accounts of this shard that are connected to this node, as its gateways announce them. Only asked when Redis,
 * which knows better, is down: so that online delivery goes on (DESIGN section 2, promise 9). As large as the node's
 * sessions.
 */
final class Neighbours {

    private final Map<String, Location> here = new HashMap<>();

    void heard(Presence presence) {
        if (presence.here()) {
            here.put(presence.userId(), presence.location());
        } else {
            here.remove(presence.userId(), presence.location());
        }
    }

    /** Where the account is connected on this node; null when it is not. */
    Location find(String userId) {
        return here.get(userId);
    }
}
