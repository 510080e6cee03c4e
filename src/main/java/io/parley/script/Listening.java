package io.parley.script;

import io.parley.cli.ClientSentences;
import io.parley.cli.ExitCodes;
import io.parley.cli.Output;
import io.parley.cli.PlainText;
import io.parley.client.ClientState;
import io.parley.client.Incoming;
import io.parley.client.ParleyClient;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ExitCode;

/**
 * The course of a listening: what arrives is printed by the caller's thread, since a write to a full pipe blocks, and
 * acknowledged when it was taken (see {@link Printout}). What is not acknowledged comes again, to whoever listens next.
 */
final class Listening {

    /** More than the client gives to a program that is behind, with what one read of a socket may add to it. */
    private static final int CAPACITY = 4_096;

    /** Chosen: messages for one flush, as a write for each line would cost more than the line. */
    private static final int BATCH = 256;

    /** Chosen: how soon to look again whether what was printed is taken; at first, and at last. */
    private static final long FIRST_LOOK_NANOS = Duration.ofMillis(1).toNanos();

    private static final long LAST_LOOK_NANOS = Duration.ofMillis(50).toNanos();

    /** Chosen as the time that a node waits for an acknowledgement: then it takes the messages back anyway. */
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(30);

    private final ParleyClient client;
    private final Limits limits;
    private final Printout printout;
    private final ClientSentences sentences;
    private final PrintWriter err;
    private final BlockingQueue<Arrived> arrivals = new ArrayBlockingQueue<>(CAPACITY);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean leaving;

    // Of the printing thread:
    private long printed;
    private long lookNanos = FIRST_LOOK_NANOS;
    private long quietSinceNanos;

    private record Arrived(Incoming incoming, Promise<Void> taken) {}

    /**
     * When a listening ends by itself.
     *
     * @param count    messages; 0 for no end
     * @param silence  without a message; zero for no end
     */
    record Limits(long count, Duration silence) {}

    Listening(ParleyClient client, Limits limits, Printout printout, ClientSentences sentences, PrintWriter err) {
        this.client = client;
        this.limits = limits;
        this.printout = printout;
        this.sentences = sentences;
        this.err = err;
        client.onMessageAsync(this::arrived).onState(this::state);
    }

    /** With a client that is connected; returns the exit code. Throws {@link Output.Lost}. */
    int run() throws IOException, InterruptedException {
        try {
            return listen();
        } catch (Output.Lost lost) {
            settle();
            leave().await();
            throw lost;
        }
    }

    private int listen() throws IOException, InterruptedException {
        quietSinceNanos = System.nanoTime();
        while (!isFull() && !isQuiet()) {
            Arrived next = arrivals.poll(waitNanos(), TimeUnit.NANOSECONDS);
            if (isEnded()) {
                return ExitCode.SOFTWARE;
            }
            if (next != null) {
                print(next);
            }
            settle();
        }
        if (!isTaken()) {
            say("listen.behind", printout.behind());
            return ExitCodes.OUTPUT;
        }
        leave().await();
        return limits.count() == 0 || isFull() ? ExitCode.OK : ExitCodes.OUT_OF_TIME;
    }

    /** For a signal: nothing more is printed, what was taken is acknowledged; completes when the node knows. */
    Future<Void> leave() {
        leaving = true;
        return client.logout();
    }

    /** It cannot be full as long as the client keeps to its bound; if it were, the message would come again. */
    private Future<Void> arrived(Incoming incoming) {
        Arrived arrived = new Arrived(incoming, Promise.promise());
        return arrivals.offer(arrived)
                ? arrived.taken().future()
                : Future.failedFuture(new Refusal(ErrorCode.TOO_MANY, CAPACITY + " messages are not printed yet"));
    }

    private void state(ClientState state) {
        if (state instanceof ClientState.Connected connected) {
            Event.Verified verified = connected.verified();
            String name = PlainText.of(verified.userName());
            say("listen.connected", name, PlainText.of(verified.userId()), verified.waiting());
        } else if (state instanceof ClientState.Lost lost) {
            long seconds = Math.max(1, lost.retryIn().toSeconds());
            say("script.lost", sentences.of(lost.cause()), seconds);
        } else if (state instanceof ClientState.Ended end) {
            if (!leaving) {
                err.println(sentences.of(end.cause()));
            }
            ended.countDown();
        }
    }

    private void say(String key, Object... arguments) {
        err.println(sentences.messages().text(key, arguments));
    }

    private void print(Arrived first) {
        Arrived next = first;
        for (int i = 0; next != null && !leaving; i++) {
            printout.print(next.incoming(), next.taken());
            printed++;
            next = i < BATCH && !isFull() ? arrivals.poll() : null;
        }
        printout.flush();
        quietSinceNanos = System.nanoTime();
    }

    private void settle() throws IOException {
        boolean progress = printout.settle();
        lookNanos = progress ? FIRST_LOOK_NANOS : Math.min(LAST_LOOK_NANOS, 2 * lookNanos);
    }

    /** Whether everything that was printed has been taken; waits for a reader that goes on reading. */
    private boolean isTaken() throws IOException, InterruptedException {
        long sinceNanos = System.nanoTime();
        int behind = printout.behind();
        while (behind > 0 && System.nanoTime() - sinceNanos < PATIENCE_AT_THE_END.toNanos()) {
            if (ended.await(lookNanos, TimeUnit.NANOSECONDS)) {
                return false;
            }
            settle();
            if (printout.behind() < behind) {
                behind = printout.behind();
                sinceNanos = System.nanoTime();
            }
        }
        return behind == 0;
    }

    private boolean isFull() {
        return limits.count() > 0 && printed >= limits.count();
    }

    private boolean isQuiet() {
        return !limits.silence().isZero()
                && System.nanoTime() - quietSinceNanos >= limits.silence().toNanos();
    }

    private boolean isEnded() {
        return ended.getCount() == 0 || leaving;
    }

    /** Never longer than it takes to notice an end. */
    private long waitNanos() {
        return printout.behind() > 0 ? lookNanos : LAST_LOOK_NANOS;
    }
}
