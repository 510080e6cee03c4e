package io.parley.script;

import io.parley.client.ClientState;
import io.parley.client.ParleyClient;
import io.parley.client.Target;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The course of a send. One thread reads what to send and waits while too much is unanswered; the caller's reports what
 * became of it. Reading has a thread of its own, since a read cannot be interrupted when the connection ends.
 *
 * <p>Memory is bounded however long the input is and however slowly the report is read: a message holds its place from
 * before it is sent until it is reported.
 */
final class Sending {

    private final ParleyClient client;
    private final SendReport report;
    private final Duration patience;
    private final Semaphore room;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final AtomicLong begun = new AtomicLong();
    private volatile boolean stopped;

    // Of the reporting thread:
    private long reported;
    private boolean readToTheEnd;
    private boolean ended;
    private boolean late;
    private long waitsSinceNanos = System.nanoTime();

    /** Brings everything that is to be sent, by calling {@link #send} and {@link #refuse}. */
    interface Source {
        void sendAll(Sending sending) throws IOException, InterruptedException;
    }

    /** What the reporting thread hears. */
    private interface News {
        void tell(Sending sending);
    }

    /**
     * @param mostUnanswered  at most what the client allows
     * @param patience        how long to wait for the next receipt
     */
    Sending(ParleyClient client, SendReport report, int mostUnanswered, Duration patience) {
        this.client = client;
        this.report = report;
        this.room = new Semaphore(mostUnanswered);
        this.patience = patience;
        client.onState(state -> {
            if (state instanceof ClientState.Ended) {
                stopped = true;
            }
            news.add(sending -> sending.state(state));
        });
    }

    /** With a client that is connected; returns the exit code. Throws {@link io.parley.cli.Output.Lost}. */
    int run(Source source) throws InterruptedException {
        Thread reader = new Thread(() -> read(source), "input");
        reader.setDaemon(true);
        reader.start();
        while (!isOver()) {
            News next = news.poll(Progress.EVERY_MILLIS, TimeUnit.MILLISECONDS);
            if (next == null) {
                endIfLate();
            } else {
                next.tell(this);
            }
            report.progress(open());
        }
        stopped = true;
        if (!ended) {
            client.logout().await();
        } else if (!readToTheEnd) {
            report.tally().brokenOff();
        }
        return report.end();
    }

    /** Whether more can be sent; if not, a source need not go on. */
    boolean goesOn() {
        return !stopped;
    }

    /** @param text not larger than a node takes */
    void send(Target to, long line, String text) throws InterruptedException {
        if (begins()) {
            client.send(to, text)
                    .onSuccess(receipt -> tell(Outcome.of(to, line, receipt)))
                    .onFailure(why -> {
                        // Only a client that ends fails a send. Said before the report makes room for another one.
                        stopped = true;
                        tell(Outcome.inDoubt(to, line, why));
                    });
        }
    }

    /** In place of a message that cannot be sent. */
    void refuse(Target to, long line, Refusal why) throws InterruptedException {
        if (begins()) {
            tell(Outcome.of(to, line, Receipt.refused(null, null, why)));
        }
    }

    /** Waits for room; false when there is nothing to wait for any more, so that the message is not even tried. */
    private boolean begins() throws InterruptedException {
        room.acquire();
        if (stopped) {
            return false;
        }
        begun.incrementAndGet();
        return true;
    }

    private void tell(Outcome outcome) {
        news.add(sending -> sending.outcome(outcome));
    }

    private void read(Source source) {
        try {
            source.sendAll(this);
            news.add(sending -> sending.readToTheEnd = true);
        } catch (IOException | InterruptedException failure) {
            news.add(sending -> sending.inputFailed(failure));
        }
    }

    private void outcome(Outcome outcome) {
        reported++;
        room.release();
        waitsSinceNanos = System.nanoTime();
        report.outcome(outcome);
    }

    private void inputFailed(Exception failure) {
        report.failure(failure);
        report.tally().brokenOff();
        readToTheEnd = true;
    }

    private void state(ClientState state) {
        if (state instanceof ClientState.Ended end) {
            ended = true;
            if (!late) {
                report.failure(end.cause());
            }
        } else {
            report.state(state);
        }
    }

    /**
     * What was begun is reported in any case: the client answers each, or fails it because it ends, which then is the
     * next that is heard.
     */
    private boolean isOver() {
        return open() == 0 && (ended || readToTheEnd && report.tally().inDoubt() == 0);
    }

    private long open() {
        return begun.get() - reported;
    }

    private void endIfLate() {
        if (open() == 0) {
            waitsSinceNanos = System.nanoTime();
        } else if (!late && System.nanoTime() - waitsSinceNanos > patience.toNanos()) {
            late = true;
            stopped = true;
            report.say("send.late", patience.toSeconds());
            // What is unanswered fails, and so is reported.
            client.close();
        }
    }
}
