package io.parley.session;

import io.parley.config.SessionsConfig;
import io.parley.protocol.ByeReason;
import java.time.Duration;

/** What a session does when nothing happens for too long. Times are milliseconds, as the session's ticks say them. */
final class Patience {

    private final SessionsConfig times;
    private final Lifecycle life;
    private final Inbox inbox;
    private final Outbox outbox;
    private final long acceptedAt;
    private long now;
    private long heardAt;

    Patience(SessionsConfig times, Lifecycle life, Inbox inbox, Outbox outbox, long acceptedAt) {
        this.times = times;
        this.life = life;
        this.inbox = inbox;
        this.outbox = outbox;
        this.acceptedAt = acceptedAt;
        this.now = acceptedAt;
        this.heardAt = acceptedAt;
    }

    /** The client sent something. */
    void heard() {
        heardAt = now;
    }

    void tick(long now) {
        this.now = now;
        if (life.isUnverified() && acceptedAt < ago(times.verifyTimeout())) {
            life.end(ByeReason.VERIFY_TIMEOUT, Duration.ZERO, () -> {});
        } else if (life.isOpen()) {
            if (Math.min(inbox.ackOwedSince(), inbox.congestedSince()) < ago(times.ackTimeout())) {
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
        return now - time.toMillis();
    }

    /** Silence that this node caused, by not reading, does not count. */
    private boolean isSilent() {
        if (outbox.isPaused()) {
            heardAt = now;
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
