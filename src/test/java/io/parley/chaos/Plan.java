package io.parley.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Every decision of a run, drawn from its seed: the same seed does the same things in the same order. */
final class Plan {

    private final Random operations;
    private final Random moves;
    private final int persons;
    private final int nodes;
    private final Set<Operation.Kind> kinds;
    private final List<Operation.Kind> round = new ArrayList<>();

    /** How somebody changes to another node. */
    enum Manner {
        /** Logs in there while still connected here. */
        TAKEOVER,
        /** Hangs up first, without a word. */
        HANG_UP,
        LOGOUT
    }

    /** One account changes to a node. */
    record Move(int person, int node, Manner manner) {}

    Plan(long seed, int persons, int nodes, Set<Operation.Kind> kinds) {
        this.operations = new Random(seed);
        this.moves = new Random(seed + 1);
        this.persons = persons;
        this.nodes = nodes;
        this.kinds = kinds;
    }

    /** How many operations do everything once. */
    int round() {
        return kinds.size();
    }

    /** The next operation; every kind comes once before any comes again. */
    Operation next() {
        if (round.isEmpty()) {
            round.addAll(kinds);
            Collections.shuffle(round, operations);
        }
        List<Integer> order = new ArrayList<>(IntStream.range(0, nodes).boxed().toList());
        Collections.shuffle(order, operations);
        return new Operation(round.remove(0), operations.nextInt(persons), order);
    }

    Move nextMove() {
        Manner[] manners = Manner.values();
        return new Move(moves.nextInt(persons), moves.nextInt(nodes), manners[moves.nextInt(manners.length)]);
    }

    /** All pairs of different accounts, in the order in which they write again and again. */
    List<int[]> pairs() {
        List<int[]> pairs = new ArrayList<>();
        for (int from = 0; from < persons; from++) {
            for (int to = 0; to < persons; to++) {
                if (from != to) {
                    pairs.add(new int[] {from, to});
                }
            }
        }
        Collections.shuffle(pairs, moves);
        return pairs;
    }
}
