package io.parley.gateway;

import io.parley.protocol.ByeReason;
import io.parley.session.Session;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;

/**
 * How the sessions of one gateway end as the node stops: one after the other, evenly over a given time, so that their
 * clients come to the other nodes at a pace (DESIGN section 9). Who has not been told yet works on as ever.
 */
final class Stopping {

    private static final long STEP_MILLIS = 20;

    /** When a client that was told comes back; the pace spreads them already, this parts those of one step. */
    private static final int RETURN_FROM_MILLIS = 200;

    private static final int RETURN_TO_MILLIS = 3_000;

    private final Vertx vertx;
    private final SessionTable sessions;
    private final RandomGenerator random;
    private Collection<Session> left = List.of();
    private boolean begun;

    Stopping(Vertx vertx, SessionTable sessions, RandomGenerator random) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.random = random;
    }

    /**
     * Tells those who have not logged in, for whom nothing has to be kept, now and from now on.
     *
     * @return how many sessions are left to be told
     */
    int begin() {
        begun = true;
        sessions.all().forEach(this::accepted);
        left = sessions.all();
        return left.size();
    }

    /** A connection that was accepted before the listeners closed; its TLS handshake may have ended only now. */
    void accepted(Session session) {
        if (begun && session.userId() == null) {
            tell(session);
        }
    }

    /** Tells those who are left, the first one now; completes when no session is there any more. */
    Future<Void> end(Duration over) {
        Promise<Void> ended = Promise.promise();
        sessions.whenEmpty(ended::tryComplete);
        tell(left, over);
        return ended.future();
    }

    /** Tells those who are there now, although the node goes on. */
    void sendAway(Duration over) {
        tell(sessions.all(), over);
    }

    private void tell(Collection<Session> all, Duration over) {
        Queue<Session> untold = new ArrayDeque<>(all);
        long beganNanos = System.nanoTime();
        tellDue(untold, all.size(), 0, over);
        if (!untold.isEmpty()) {
            vertx.setPeriodic(STEP_MILLIS, timer -> {
                tellDue(untold, all.size(), System.nanoTime() - beganNanos, over);
                if (untold.isEmpty()) {
                    vertx.cancelTimer(timer);
                }
            });
        }
    }

    /** Whoever left by themself meanwhile keeps their turn, so nobody's comes sooner. */
    private void tellDue(Queue<Session> untold, int total, long elapsedNanos, Duration over) {
        long due = over.isZero() ? total : total * elapsedNanos / over.toNanos() + 1;
        while (!untold.isEmpty() && total - untold.size() < due) {
            tell(untold.remove());
        }
    }

    private void tell(Session session) {
        int returnMillis = random.nextInt(RETURN_FROM_MILLIS, RETURN_TO_MILLIS + 1);
        session.end(ByeReason.DRAINING, Duration.ofMillis(returnMillis), () -> {});
    }
}
