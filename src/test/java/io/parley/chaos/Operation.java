package io.parley.chaos;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Something that goes wrong, or is done to a cluster.
 *
 * @param person  the account whose node is hit, where the kind asks for one
 * @param order   the nodes in the order of a rolling restart; the first of them is hit where the kind asks for one
 *                node, the first two where it asks for two
 */
record Operation(Kind kind, int person, List<Integer> order) {

    /** In the words of the ledger that is printed. */
    enum Kind {
        KILL_ANYBODYS("kill -9 of the node of an account"),
        KILL_OLDEST("kill -9 of the oldest member"),
        KILL_TWO("kill -9 of two nodes at once"),
        TERMINATE("SIGTERM of a node"),
        ROLL("rolling restart"),
        FREEZE("a node frozen for 20 s"),
        RESTART_REDIS("kill -9 of Redis, and its restart"),
        CUT_BUS("all bus connections cut");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For a run that must not take long: what the others do as well, or a part of it, is left out. */
        static Set<Kind> brief() {
            return EnumSet.complementOf(EnumSet.of(KILL_TWO, TERMINATE));
        }

        boolean kills() {
            return this == KILL_ANYBODYS || this == KILL_OLDEST || this == KILL_TWO;
        }

        /** Whether a node stops answering without its connections ending, so that the others must find out by time. */
        boolean hangs() {
            return this == FREEZE;
        }
    }

    int node() {
        return order.get(0);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case KILL_ANYBODYS -> kind.words + " (" + person + ")";
            case KILL_OLDEST, RESTART_REDIS, CUT_BUS -> kind.words;
            case TERMINATE, FREEZE -> kind.words + " (" + node() + ")";
            case KILL_TWO -> kind.words + " (" + order.get(0) + " and " + order.get(1) + ")";
            case ROLL ->
                kind.words + " (" + order.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")";
        };
    }
}
