package io.parley.metrics;

import io.micrometer.core.instrument.Counter;

/** The delivery shards: what is on its way from this node to sessions on any node. */
public final class DeliveryMeters {

    private final Level lanes;
    private final Level pushes;
    private final Counter timeouts;

    DeliveryMeters(Metrics metrics) {
        lanes = metrics.level(
                "parley.lanes", "Recipients to whom messages of this node are on the way, or lately were.");
        pushes = metrics.level(
                "parley.pushes.in.flight", "Messages pushed to a session, on any node, whose end is not known yet.");
        timeouts = metrics.counter(
                "parley.push.timeouts",
                "Pushes without an answer in time: what was pushed goes to the mailbox instead.");
    }

    public Level lanes() {
        return lanes;
    }

    public Level pushes() {
        return pushes;
    }

    public void timedOut(int number) {
        timeouts.increment(number);
    }
}
