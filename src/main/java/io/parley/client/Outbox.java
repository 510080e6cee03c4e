package io.parley.client;

import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The sends without a receipt, in order. They outlive their connection: on the next one they are written again with the
 * same client_id, so that a message that arrived already is recognised (promise 2). What is said in a room waits, with
 * all behind it, until the client is in that room.
 */
final class Outbox {

    /** Chosen below the 128 at which a node stops reading by default: acks and pings must not wait behind messages. */
    static final int WINDOW = 100;

    private final int capacity;
    private final Predicate<String> entering;
    private final Map<String, Unanswered> unanswered = new LinkedHashMap<>();
    private final Queue<Unanswered> unwritten = new ArrayDeque<>();
    private Consumer<Command> writer;

    private record Unanswered(Command.Send command, Promise<Receipt> receipt) {}

    /** @param entering  whether the client is just entering that room; {@link #resume} tells that it is not any more */
    Outbox(int capacity, Predicate<String> entering) {
        this.capacity = capacity;
        this.entering = entering;
    }

    Future<Receipt> send(Command.Send command) {
        if (unanswered.size() >= capacity) {
            String detail = capacity + " messages have no receipt yet; wait for some before sending more";
            return Future.failedFuture(new Refusal(ErrorCode.TOO_MANY, detail));
        }
        Unanswered send = new Unanswered(command, Promise.promise());
        unanswered.put(command.clientId(), send);
        unwritten.add(send);
        write();
        return send.receipt().future();
    }

    /** There is a connection: everything unanswered goes out, the oldest first. */
    void open(Consumer<Command> connection) {
        writer = connection;
        unwritten.clear();
        unwritten.addAll(unanswered.values());
        write();
    }

    /** Something may go now that had to wait. */
    void resume() {
        write();
    }

    /** The connection is gone; what is unanswered waits for the next. */
    void suspend() {
        writer = null;
    }

    /** A receipt that nobody waits for answers an earlier copy of the same message: it is ignored. */
    void answer(Receipt receipt) {
        Unanswered send = unanswered.remove(receipt.clientId());
        if (send != null) {
            write();
            send.receipt().complete(receipt);
        }
    }

    void fail(Throwable cause) {
        suspend();
        unwritten.clear();
        for (Iterator<Unanswered> each = unanswered.values().iterator(); each.hasNext(); ) {
            Unanswered send = each.next();
            each.remove();
            send.receipt().fail(cause);
        }
    }

    private void write() {
        while (writer != null && mayWrite()) {
            writer.accept(unwritten.poll().command());
        }
    }

    private boolean mayWrite() {
        Unanswered next = unwritten.peek();
        return next != null
                && unanswered.size() - unwritten.size() < WINDOW
                && !(next.command() instanceof Command.Say say && entering.test(say.room()));
    }
}
