package io.parley.session;

import io.parley.config.SessionsConfig;
import io.parley.protocol.ByeReason;
import java.time.Duration;

/** What a session does when nothing happens for too long. Times are milliseconds, as {@link Effects#now} says them. */
final class Patience {

    private final Effects effects;
    private final SessionsConfig times;
    private final Lifecycle life;
    private final Inbox inbox;
    private final Outbox outbox;
    private final long acceptedAt;
    private long heardAt;

    Patience(Effects effects, SessionsConfig times, Lifecycle life, Inbox inbox, Outbox outbox) {
        this.effects = effects;
        this.times = times;
        this.life = life;
        this.inbox = inbox;
        this.outbox = outbox;
        this.acceptedAt = effects.now();
        this.heardAt = acceptedAt;
    }

    /** The client sent something. */
    void heard() {
        heardAt = effects.now();
    }

    /** See {@link Session#look}. */
    boolean look(long until) {
        endWhatIsOverdue();
        return mayRest(until);
    }

    private void endWhatIsOverdue() {
        if (life.isUnverified() && acceptedAt < ago(times.verifyTimeout())) {
            life.end(ByeReason.VERIFY_TIMEOUT, Duration.ZERO, () -> {});
        } else if (life.isOpen()) {
            if (inbox.owedSince() < ago(times.ackTimeout())) {
                life.cut(inbox.isCongested() ? ByeReason.SLOW : ByeReason.ACK_TIMEOUT);
            } else if (isSilent()) {
                life.cut(ByeReason.IDLE);
            } else {
                outbox.expire(ago(settlingTime()));
                outbox.ackAwaited(inbox.ackOwedSince() < ago(times.pushTimeout()));
            }
        }
    }

    private long ago(Duration time) {
        return effects.now() - time.toMillis();
    }

    /** When nobody owes anything, only the client's silence grows. */
    private boolean mayRest(long until) {
        boolean nothingOwed = inbox.owedSince() == Long.MAX_VALUE && outbox.owesNothing();
        return life.isOpen()
                && nothingOwed
                && until <= heardAt + times.idleTimeout().toMillis();
    }

    /** Silence that this node caused, by not reading, does not count. */
    private boolean isSilent() {
        if (outbox.isPaused()) {
            heard();
        }
        return heardAt < ago(times.idleTimeout());
    }

    /**
     * The longest that a message can take from its acceptance to its receipt: a push that nobody acknowledges, then an
     * append.
     */
    private Duration settlingTime() {
        return times.ackTimeout().plus(times.pushTimeout().multipliedBy(4)).plusSeconds(10);
    }
}
