package io.parley.client;

import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Question;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Asks who is online. The answer names no question, so there is one at a time on the wire; a question does not outlive
 * its connection.
 */
final class Questions {

    private static final int CAPACITY = 100;

    private final Queue<Open> questions = new ArrayDeque<>();
    private Consumer<Command> writer;

    private record Open(Question.Online command, Promise<Map<String, Boolean>> answer) {}

    Future<Map<String, Boolean>> ask(List<String> userIds) {
        if (writer == null) {
            return Future.failedFuture(LinkFailure.of(LinkFailure.Kind.LOST, "not connected at the moment"));
        }
        if (questions.size() >= CAPACITY) {
            return Future.failedFuture(new Refusal(ErrorCode.TOO_MANY, CAPACITY + " questions wait for their answers"));
        }
        Open question = new Open(new Question.Online(userIds), Promise.promise());
        questions.add(question);
        if (questions.size() == 1) {
            writer.accept(question.command());
        }
        return question.answer().future();
    }

    void open(Consumer<Command> connection) {
        writer = connection;
    }

    void answer(Map<String, Boolean> online) {
        Open question = next();
        if (question != null) {
            question.answer().complete(online);
        }
    }

    void refuse(Refusal refusal) {
        Open question = next();
        if (question != null) {
            question.answer().fail(refusal);
        }
    }

    void fail(Throwable cause) {
        writer = null;
        for (Open each = questions.poll(); each != null; each = questions.poll()) {
            each.answer().fail(cause);
        }
    }

    private Open next() {
        Open answered = questions.poll();
        if (!questions.isEmpty()) {
            writer.accept(questions.peek().command());
        }
        return answered;
    }
}
