package io.parley.bench;

import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sends at a steady rate: one message after the other, evenly spread, each sender in its turn. What it cannot send when
 * it is due stays due, so a node that is too slow shows in the latencies, and at the end in {@link #unsent}. Belongs to
 * the context on which it is made.
 */
final class Pacer {

    /**
     * Chosen: how often it looks at most. Shorter would cost the load more than the messages do; a timer of Vert.x, one
     * millisecond at least, would be most of what it measures.
     */
    private static final long TICK_NANOS = 200_000;

    private final ContextInternal context;
    private final ScheduledExecutorService loop;
    private final Sender sender;
    private final int senders;
    private final double nanosBetween;
    private final long begunNanos = System.nanoTime();
    private long sent;
    private int turn;
    private boolean stopped;
    private long unsent;

    /** Sends a message that was due at that time, or says that this sender cannot now. */
    interface Sender {
        boolean send(int index, long dueNanos);
    }

    Pacer(Vertx vertx, int ratePerSecond, int senders, Sender sender) {
        this.context = (ContextInternal) vertx.getOrCreateContext();
        this.loop = context.nettyEventLoop();
        this.sender = sender;
        this.senders = senders;
        this.nanosBetween = 1e9 / ratePerSecond;
        sendWhatIsDue();
    }

    void stop() {
        stopped = true;
        unsent = Math.max(0, (long) ((System.nanoTime() - begunNanos) / nanosBetween) + 1 - sent);
    }

    /** How many were due until it was stopped and were not sent. */
    long unsent() {
        return unsent;
    }

    private void sendWhatIsDue() {
        if (stopped) {
            return;
        }
        long now = System.nanoTime();
        for (int refused = 0; refused < senders && nextNanos() - now <= 0; ) {
            if (sender.send(turn, nextNanos())) {
                sent++;
                refused = 0;
            } else {
                refused++;
            }
            turn = (turn + 1) % senders;
        }
        long wait = Math.max(TICK_NANOS, nextNanos() - System.nanoTime());
        loop.schedule(() -> context.dispatch(this::sendWhatIsDue), wait, TimeUnit.NANOSECONDS);
    }

    private long nextNanos() {
        return begunNanos + (long) (sent * nanosBetween);
    }
}
