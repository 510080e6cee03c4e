package io.parley.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Decides whether this node is to be reached by the others, from what witnesses say.
 *
 * <p>One witness that does not reach it may be wrong about the cluster itself, so all of them are heard, as long as
 * there are several; each of them twice in a row, as registering anew takes a moment. A witness that is silent says
 * that it is not well or that its answer does not come through. That counts only when there are others and all of them
 * say the same: of two nodes that do not hear each other nobody knows which one it is, and to stop both would be worst.
 */
public final class Reachability {

    private static final int EACH = 2;

    /**
     * While one node hangs the registry does not answer either, so that the others seem silent too: longer than it
     * takes the cluster to put it out.
     */
    private static final int EACH_SILENT = 5;

    private final Consumer<Boolean> changed;
    /** How often each has not reached it, or been silent, since anybody reached it. */
    private final Map<String, Integer> against = new HashMap<>();

    private boolean anyHeard;
    private boolean reachable = true;

    /** @param changed gets false when the node is no longer reached, true when it is again */
    public Reachability(Consumer<Boolean> changed) {
        this.changed = changed;
    }

    void alone() {
        reached();
    }

    void reached() {
        against.clear();
        anyHeard = false;
        if (!reachable) {
            reachable = true;
            changed.accept(true);
        }
    }

    /** @param others who could be asked now, the witness among them */
    void unreached(String witness, Set<String> others) {
        anyHeard = true;
        count(witness, others);
    }

    void silent(String witness, Set<String> others) {
        count(witness, others);
    }

    private void count(String witness, Set<String> others) {
        against.keySet().retainAll(others);
        against.merge(witness, 1, Integer::sum);
        int each = anyHeard ? EACH : EACH_SILENT;
        int rounds = against.values().stream().mapToInt(Integer::intValue).sum();
        boolean all = rounds > each && others.stream().allMatch(other -> against.getOrDefault(other, 0) >= each);
        if (reachable && all && (anyHeard || others.size() > 1)) {
            reachable = false;
            changed.accept(false);
        }
    }
}
