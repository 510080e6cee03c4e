package io.parley.metrics;

import io.micrometer.core.instrument.Counter;

/** The rooms of one node, and what of them is dropped between nodes. */
public final class RoomMeters {

    private final Level rooms;
    private final Level people;
    private final Counter notSent;
    private final Counter notTaken;

    RoomMeters(Metrics metrics) {
        rooms = metrics.level("parley.rooms", "Rooms in which this node has people; looked at each second.");
        people = metrics.level(
                "parley.rooms.people", "People in rooms on this node, counted in each room; looked at each second.");
        notSent = dropped(metrics, "not_sent");
        notTaken = dropped(metrics, "not_taken");
    }

    private static Counter dropped(Metrics metrics, String reason) {
        return metrics.counter(
                "parley.rooms.dropped",
                "What was said, and who came and went, that one node did not get to the people of another one.",
                "reason",
                reason);
    }

    public Level rooms() {
        return rooms;
    }

    public Level people() {
        return people;
    }

    /** The other node, or the way to it, is too slow. */
    public void notSent(int number) {
        notSent.increment(number);
    }

    /** The gateways of this node are too slow for what comes from another one. */
    public void notTaken(int number) {
        notTaken.increment(number);
    }
}
