package io.parley.session;

import java.util.HashSet;
import java.util.Set;

/**
 * Decides whether a pushed message may go to the client now, or would overtake what still waits in the mailbox.
 *
 * <p>It is shut from the session's registration until its login drain has read to the end, and during every later
 * drain. A shard of which a push was refused stays refused until its nudge: it is appending what was refused, and a
 * later push that got through would overtake it (DESIGN section 6, Gate).
 */
final class Gate {

    private boolean open;
    /** Couriers of which a push was refused: as many as there are shards in the cluster, at most; as a rule none. */
    private Set<String> refused = Set.of();

    boolean admits(String courier) {
        return open && !refused.contains(courier);
    }

    void refuse(String courier) {
        if (refused.isEmpty()) {
            refused = new HashSet<>(2);
        }
        refused.add(courier);
    }

    /** The shard has appended what was refused, or could not. */
    void readmit(String courier) {
        if (!refused.isEmpty()) {
            refused.remove(courier);
        }
    }

    void open() {
        open = true;
    }

    void shut() {
        open = false;
    }
}
