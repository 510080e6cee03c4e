package io.parley.client;

import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Question;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The questions of one kind. An error names no question but its kind, so there is one at a time on the wire. What asks
 * for nothing that a repeat could do twice outlives its connection; other questions do not.
 *
 * @param <A> what answers them
 */
final class Asking<A> {

    static final int CAPACITY = 100;

    private final boolean lasting;
    private final Queue<Open<A>> open = new ArrayDeque<>();
    private Consumer<Command> writer;
    private Throwable end;

    private record Open<A>(Question command, Promise<A> answer) {}

    /** @param lasting  whether the questions are asked again on the next connection */
    Asking(boolean lasting) {
        this.lasting = lasting;
    }

    Future<A> ask(Question command) {
        if (end != null) {
            return Future.failedFuture(end);
        }
        if (writer == null && !lasting) {
            return Future.failedFuture(LinkFailure.of(LinkFailure.Kind.LOST, "not connected at the moment"));
        }
        if (open.size() >= CAPACITY) {
            return Future.failedFuture(new Refusal(ErrorCode.TOO_MANY, CAPACITY + " questions wait for their answers"));
        }
        Open<A> question = new Open<>(command, Promise.promise());
        open.add(question);
        if (open.size() == 1) {
            writeFirst();
        }
        return question.answer().future();
    }

    /** The one whose answer is next; null when nothing was asked. */
    Question asked() {
        return open.isEmpty() ? null : open.peek().command();
    }

    /** Whether such a question has no answer yet. */
    boolean isOpen(Predicate<Question> such) {
        return open.stream().anyMatch(each -> such.test(each.command()));
    }

    void open(Consumer<Command> connection) {
        writer = connection;
        writeFirst();
    }

    /** The connection is gone. */
    void suspend(Throwable cause) {
        writer = null;
        if (!lasting) {
            failAll(cause);
        }
    }

    /** There will be no other connection. */
    void end(Throwable cause) {
        writer = null;
        end = cause;
        failAll(cause);
    }

    void answer(A answer) {
        Open<A> question = next();
        if (question != null) {
            question.answer().complete(answer);
        }
    }

    void refuse(Refusal refusal) {
        Open<A> question = next();
        if (question != null) {
            question.answer().fail(refusal);
        }
    }

    private Open<A> next() {
        Open<A> answered = open.poll();
        writeFirst();
        return answered;
    }

    private void writeFirst() {
        if (writer != null && !open.isEmpty()) {
            writer.accept(open.peek().command());
        }
    }

    private void failAll(Throwable cause) {
        for (Open<A> each = open.poll(); each != null; each = open.poll()) {
            each.answer().fail(cause);
        }
    }
}
