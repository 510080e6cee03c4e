package io.parley.metrics;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.spi.metrics.EventBusMetrics;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The event bus, within the node and between nodes, as Vert.x tells. Not counted by Vert.x' own meters: they look up
 * several for each message, which costs four times the message (measured: 400 ns and 560 B more, on top of 105 ns).
 */
final class BusMeters implements EventBusMetrics<Void> {

    private final Counter sentHere;
    private final Counter sentAway;
    private final Counter receivedHere;
    private final Counter receivedFromAway;
    private final Counter written;
    private final Counter read;
    private final Counter discarded;
    private final Map<ReplyFailure, Counter> failures = new EnumMap<>(ReplyFailure.class);

    BusMeters(Metrics metrics) {
        sentHere = sent(metrics, "here");
        sentAway = sent(metrics, "other_node");
        receivedHere = received(metrics, "here");
        receivedFromAway = received(metrics, "other_node");
        written = metrics.counter("parley.bus.written.bytes", "Bytes of event-bus messages written to other nodes.");
        read = metrics.counter("parley.bus.read.bytes", "Bytes of event-bus messages read from other nodes.");
        discarded = metrics.counter("parley.bus.discarded", "Event-bus messages that no consumer of this node took.");
        for (ReplyFailure failure : ReplyFailure.values()) {
            failures.put(
                    failure,
                    metrics.counter(
                            "parley.bus.failures",
                            "Requests on the event bus that failed: no consumer, no answer in time, or one that broke.",
                            "failure",
                            failure.name().toLowerCase(Locale.ROOT)));
        }
    }

    private static Counter sent(Metrics metrics, String to) {
        return metrics.counter(
                "parley.bus.sent", "Event-bus messages sent; each carries what one turn of a loop brought.", "to", to);
    }

    private static Counter received(Metrics metrics, String from) {
        return metrics.counter("parley.bus.received", "Event-bus messages received.", "from", from);
    }

    @Override
    public void messageSent(String address, boolean publish, boolean local, boolean remote) {
        (remote ? sentAway : sentHere).increment();
    }

    @Override
    public void messageReceived(String address, boolean publish, boolean local, int handlers) {
        (local ? receivedHere : receivedFromAway).increment();
    }

    @Override
    public void messageWritten(String address, int bytes) {
        written.increment(bytes);
    }

    @Override
    public void messageRead(String address, int bytes) {
        read.increment(bytes);
    }

    @Override
    public void discardMessage(Void consumer, boolean local, Message<?> message) {
        discarded.increment();
    }

    @Override
    public void replyFailure(String address, ReplyFailure failure) {
        failures.get(failure).increment();
    }
}
