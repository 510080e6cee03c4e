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
 * <p>A program may take its time with a delivery. So that this costs bounded memory whatever the node's ack window is,
 * the connection is not read while too much is unprocessed.
 */
final class Acks {

    /** Chosen: four times the ack window that a node has by default, so that reading goes on at most nodes. */
    static final int MOST_OPEN = 1_024;

    /** Chosen: small beside the heap of a JVM, and twice the largest frame. */
    static final long MOST_OPEN_CHARACTERS = 32 * 1024 * 1024;

    private final Runnable endOfTurn;
    private final Consumer<Command> writer;
    private final Consumer<Boolean> reading;
    private final Deque<Open> open = new ArrayDeque<>();
    private long openCharacters;
    private boolean scheduled;
    private boolean paused;

    /**
     * @param endOfTurn  sees to it that {@link #write} comes when the present turn of the event loop is over
     * @param reading    told false when the connection is not to be read any more, true when it is again
     */
    Acks(Runnable endOfTurn, Consumer<Command> writer, Consumer<Boolean> reading) {
        this.endOfTurn = endOfTurn;
        this.writer = writer;
        this.reading = reading;
    }

    private static final class Open {
        private final long seq;
        private final int characters;
        private boolean processed;

        private Open(long seq, int characters) {
            this.seq = seq;
            this.characters = characters;
        }
    }

    /**
     * Acknowledges this delivery when it is processed; never, if processing fails.
     *
     * @param seq  0 for what nobody acknowledges, but must not fill the memory either
     */
    void add(long seq, int characters, Future<Void> processing) {
        Open delivery = new Open(seq, characters);
        open.add(delivery);
        openCharacters += characters;
        if (!paused && isFull()) {
            paused = true;
            reading.accept(false);
        }
        if (processing.succeeded()) {
            processed(delivery);
        } else {
            processing.onSuccess(done -> processed(delivery));
        }
    }

    private void processed(Open delivery) {
        delivery.processed = true;
        if (!scheduled && open.peek() != null && open.peek().processed) {
            scheduled = true;
            endOfTurn.run();
        }
    }

    /** Acknowledges now what is processed. */
    void write() {
        scheduled = false;
        long seq = 0;
        while (open.peek() != null && open.peek().processed) {
            Open acknowledged = open.poll();
            seq = Math.max(seq, acknowledged.seq);
            openCharacters -= acknowledged.characters;
        }
        if (seq > 0) {
            writer.accept(new Command.Ack(seq));
        }
        if (paused && !isFull()) {
            paused = false;
            reading.accept(true);
        }
    }

    private boolean isFull() {
        return open.size() >= MOST_OPEN || openCharacters >= MOST_OPEN_CHARACTERS;
    }
}
