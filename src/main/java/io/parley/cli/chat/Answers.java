package io.parley.cli.chat;

import io.vertx.core.Future;
import java.util.function.Consumer;

/** The answers that typed lines wait for. A line is done when its answer is there; one that asks nothing, at once. */
final class Answers {

    private final ChatThread thread;
    private final Runnable changed;

    // About the line that is being taken
    private Runnable done = () -> {};
    private boolean waits;

    /** @param changed  run after each answer, as it may have changed how things stand */
    Answers(ChatThread thread, Runnable changed) {
        this.thread = thread;
        this.changed = changed;
    }

    /** A line is being taken; {@code whenDone} is run once, when nothing more will come of it. */
    void begin(Runnable whenDone) {
        done = whenDone;
        waits = false;
    }

    /** The line was taken. */
    void taken() {
        if (!waits) {
            done.run();
        }
    }

    /** Exactly one of both is called, on the chat's thread. */
    <T> void await(Future<T> answer, Consumer<T> then, Consumer<Throwable> otherwise) {
        waits = true;
        Runnable lineDone = done;
        answer.onComplete(result -> thread.run(() -> {
            lineDone.run();
            if (result.succeeded()) {
                then.accept(result.result());
            } else {
                otherwise.accept(result.cause());
            }
            changed.run();
        }));
    }
}
