package io.parley.metrics;

import io.micrometer.core.instrument.Counter;

/** The delivery shards: what is on its way from this node to sessions on any node. */
public final class DeliveryMeters {

    private final Level lanes;
    private final Level pushes;
    private final Counter timeouts;
    private final Counter notSent;
    private final Counter nodeLeft;

    DeliveryMeters(Metrics metrics) {
        lanes = metrics.level(
                "parley.lanes", "Recipients to whom messages of this node are on the way, or lately were.");
        pushes = metrics.level(
                "parley.pushes.in.flight", "Messages pushed to a session, on any node, whose end is not known yet.");
        timeouts = failed(metrics, "no_answer");
        notSent = failed(metrics, "not_sent");
        nodeLeft = failed(metrics, "node_left");
    }

    private static Counter failed(Metrics metrics, String reason) {
        return metrics.counter(
                "parley.pushes.failed",
                "Pushes that the event bus or another node failed; what was pushed goes to the mailbox instead.",
                "reason",
                reason);
    }

    public Level lanes() {
        return lanes;
    }

    public Level pushes() {
        return pushes;
    }

    /** No first answer came in time. */
    public void timedOut(int number) {
        timeouts.increment(number);
    }

    public void notSent(int number) {
        notSent.increment(number);
    }

    public void nodeLeft(int number) {
        nodeLeft.increment(number);
    }
}
