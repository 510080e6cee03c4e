package io.parley.cli.chat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;

/**
 * Hands on what is typed, line by line, and when nothing more comes waits for the receipts. Reads on a thread of its
 * own, since a read of standard input cannot be interrupted when the node ends the session.
 */
final class Typist {

    /** Chosen below the client's own 1,024: sends without a receipt at which reading pauses, for a file piped in. */
    static final int MOST_UNANSWERED = 1_000;

    private final Keyboard keyboard;
    private final ChatThread thread;
    private final Line line;
    private final IntConsumer waiting;
    private final Runnable done;
    private final Semaphore unanswered = new Semaphore(MOST_UNANSWERED);

    /** What a line does; called on the chat's thread. */
    interface Line {
        /**
         * @param answered  to be run once, when nothing more will come of the line: no receipt is missing
         * @return whether there may be another line
         */
        boolean take(String line, Runnable answered);
    }

    /**
     * @param waiting  told how many receipts are missing when there will be no more lines
     * @param done     there are no more lines, and no receipts are missing; both are called on the chat's thread
     */
    Typist(Keyboard keyboard, ChatThread thread, Line line, IntConsumer waiting, Runnable done) {
        this.keyboard = keyboard;
        this.thread = thread;
        this.line = line;
        this.waiting = waiting;
        this.done = done;
    }

    void start() {
        Thread reader = new Thread(this::read, "input");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            String typed = keyboard.line();
            while (typed != null && take(typed)) {
                typed = keyboard.line();
            }
        } catch (IOException unreadable) {
            thread.fail(unreadable);
        } catch (ExecutionException | InterruptedException over) {
            return; // Whoever broke or ended the chat has said so.
        }
        int missing = MOST_UNANSWERED - unanswered.availablePermits();
        thread.run(() -> waiting.accept(missing));
        unanswered.acquireUninterruptibly(MOST_UNANSWERED);
        thread.run(done);
    }

    /** Waits until the line has had its effect, so that the next prompt is right. */
    private boolean take(String typed) throws InterruptedException, ExecutionException {
        unanswered.acquire();
        CompletableFuture<Boolean> more = new CompletableFuture<>();
        thread.run(() -> more.complete(line.take(typed, unanswered::release))).onFailure(more::completeExceptionally);
        return more.get();
    }
}
