package io.parley.client;

import io.parley.protocol.Command;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What one connection must acknowledge. An acknowledgement covers every delivery up to its seq, so a delivery waits for
 * all before it; and there is one for each turn of the event loop, however many deliveries it read.
 *
 * <p>Its size is bounded by the node's ack window.
 */
final class Acks {

    private final Consumer<Runnable> endOfTurn;
    private final Consumer<Command> writer;
    private final Deque<Open> open = new ArrayDeque<>();
    private boolean scheduled;

    /** @param endOfTurn  runs something when the present turn of the event loop is over */
    Acks(Consumer<Runnable> endOfTurn, Consumer<Command> writer) {
        this.endOfTurn = endOfTurn;
        this.writer = writer;
    }

    private static final class Open {
        private final long seq;
        private boolean processed;

        private Open(long seq) {
            this.seq = seq;
        }
    }

    /** Acknowledges this delivery when it is processed; never, if processing fails. */
    void add(long seq, Future<Void> processing) {
        Open delivery = new Open(seq);
        open.add(delivery);
        processing.onSuccess(done -> {
            delivery.processed = true;
            schedule();
        });
    }

    private void schedule() {
        if (!scheduled && open.peek() != null && open.peek().processed) {
            scheduled = true;
            endOfTurn.accept(this::write);
        }
    }

    /** Acknowledges now what is processed. */
    void write() {
        scheduled = false;
        long seq = 0;
        while (open.peek() != null && open.peek().processed) {
            seq = open.poll().seq;
        }
        if (seq > 0) {
            writer.accept(new Command.Ack(seq));
        }
    }
}
