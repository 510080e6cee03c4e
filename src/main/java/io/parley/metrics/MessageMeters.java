package io.parley.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.MessageIds;
import io.parley.protocol.Receipt;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What becomes of messages, on the node of their sender. */
public final class MessageMeters {

    /** A dozen: from a recipient who is here to one who takes all the time that sessions.ackTimeout gives. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    private final Clock clock = Clock.systemUTC();
    private final Counter accepted;
    private final Counter delivered;
    private final Counter stored;
    private final Counter sent;
    private final Map<ErrorCode, Counter> refused;
    private final Timer untilDelivered;
    private final Timer untilStored;
    private final Counter pushed;
    private final Counter replayed;

    MessageMeters(Metrics metrics) {
        accepted = metrics.counter("parley.messages.accepted", "Messages that got a message_id.");
        delivered = metrics.counter("parley.messages.delivered", "Messages with the receipt delivered.");
        stored = metrics.counter("parley.messages.stored", "Messages with the receipt stored.");
        sent = metrics.counter("parley.messages.sent", "Messages to rooms and to everybody with the receipt sent.");
        refused = metrics.countersByError("parley.messages.refused", "Messages with the receipt refused.");
        untilDelivered = receipts(metrics, "delivered");
        untilStored = receipts(metrics, "stored");
        pushed = deliveries(metrics, "false");
        replayed = deliveries(metrics, "true");
    }

    private static Timer receipts(Metrics metrics, String status) {
        return Timer.builder("parley.receipt")
                .description("Time from the acceptance of a message to its receipt.")
                .tag("status", status)
                .serviceLevelObjectives(BUCKETS)
                .register(metrics.registry());
    }

    private static Counter deliveries(Metrics metrics, String replayed) {
        return metrics.counter(
                "parley.deliveries",
                "Messages written to clients of this node; replayed are those that had waited in a mailbox.",
                "replayed",
                replayed);
    }

    public void accepted(int number) {
        accepted.increment(number);
    }

    /** A message that was accepted is settled. */
    public void settled(Receipt receipt) {
        switch (receipt.status()) {
            case DELIVERED -> {
                delivered.increment();
                untilDelivered.record(sinceAccepted(receipt), TimeUnit.MICROSECONDS);
            }
            case STORED -> {
                stored.increment();
                untilStored.record(sinceAccepted(receipt), TimeUnit.MICROSECONDS);
            }
            case SENT -> sent.increment();
            case REFUSED -> refused(receipt.error().code());
        }
    }

    public void refused(ErrorCode why) {
        refused.get(why).increment();
    }

    public void written(boolean fromMailbox) {
        (fromMailbox ? replayed : pushed).increment();
    }

    /** The id says when; a clock that was set meanwhile must not make a negative time. */
    private long sinceAccepted(Receipt receipt) {
        return Math.max(0, MessageIds.micros(clock.instant()) - MessageIds.acceptedAtMicros(receipt.messageId()));
    }
}
