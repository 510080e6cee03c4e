package io.parley.session;

import io.parley.protocol.ByeReason;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Identity;
import io.parley.protocol.Location;
import io.parley.protocol.NoMailbox;
import io.parley.protocol.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * How a session comes to speak for an account, keeps being the account's one live session, and ends (DESIGN section 6,
 * Takeover, refresh, Closing).
 */
final class Lifecycle {

    private static final Refusal ANOTHER_ACCOUNT =
            new Refusal(ErrorCode.FORBIDDEN, "this connection began as another account; open a new one");

    private enum Phase {
        /** Nobody yet; a wrong password leads back here. */
        UNVERIFIED,
        VERIFYING,
        /** Verified, and claiming the account's location. */
        ARRIVING,
        OPEN,
        /** Told to end while it claimed: takes the reply, has its own predecessor ended, and only then departs. */
        LEAVING,
        CLOSING,
        GONE
    }

    private final Session session;
    private final Location location;
    private final Wire wire;
    private final Effects effects;
    private final Arrival arrival;
    private final Inbox inbox;
    private final Outbox outbox;
    private final List<Runnable> whenGone = new ArrayList<>(1);

    private Phase phase = Phase.UNVERIFIED;
    private Identity account;
    /**
     * The account of the first claim, also of one that failed: it may have been seen by somebody whose push is still on
     * its way to this session, so the session must never be another account's.
     */
    private String claimedFor;

    private LongFunction<Event.Verified> welcome;

    /** The parts of a session that its life begins and ends. */
    record Parts(Wire wire, Effects effects, Inbox inbox, Outbox outbox) {}

    Lifecycle(Session session, Location location, Parts parts) {
        this.session = session;
        this.location = location;
        this.wire = parts.wire();
        this.effects = parts.effects();
        this.inbox = parts.inbox();
        this.outbox = parts.outbox();
        this.arrival = new Arrival(effects, location);
    }

    Location location() {
        return location;
    }

    /** Who the session speaks for; null before it is verified. */
    Identity account() {
        return account;
    }

    boolean isUnverified() {
        return phase == Phase.UNVERIFIED;
    }

    boolean isArriving() {
        return phase == Phase.ARRIVING;
    }

    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    boolean isLeaving() {
        return phase == Phase.LEAVING;
    }

    boolean isEnding() {
        return phase == Phase.LEAVING || phase == Phase.CLOSING || phase == Phase.GONE;
    }

    /**
     * Begins the login of an unverified session.
     *
     * @param welcome  makes the event for the client from the number of waiting messages
     */
    void verify(Command.Verify command, LongFunction<Event.Verified> welcome) {
        this.welcome = welcome;
        phase = Phase.VERIFYING;
        outbox.deciding(true);
        effects.authenticate(command, wire.entrance(), this::verified, this::notVerified);
    }

    private void verified(Identity identity) {
        if (phase != Phase.VERIFYING) {
            return;
        }
        if (claimedFor != null && !claimedFor.equals(identity.userId())) {
            notVerified(ANOTHER_ACCOUNT);
        } else {
            phase = Phase.ARRIVING;
            account = identity;
            String claimedBefore = claimedFor;
            claimedFor = identity.userId();
            inbox.belongsTo(identity);
            arrival.begin(identity, this::arrived, why -> {
                claimedFor = why == Arrival.HELD ? claimedBefore : claimedFor;
                notArrived(why);
            });
        }
    }

    private void arrived(long waiting) {
        if (phase == Phase.LEAVING) {
            depart();
        } else {
            phase = Phase.OPEN;
            effects.opened(session);
            wire.send(welcome.apply(waiting));
            welcome = null;
            account = account.withoutToken();
            inbox.belongsTo(account);
            inbox.drain();
            outbox.deciding(false);
        }
    }

    private void notArrived(Refusal why) {
        if (phase == Phase.LEAVING) {
            depart();
        } else {
            notVerified(why);
        }
    }

    private void notVerified(Refusal why) {
        if (phase == Phase.VERIFYING || phase == Phase.ARRIVING) {
            phase = Phase.UNVERIFIED;
            account = null;
            wire.send(new Event.NotVerified(why));
            outbox.deciding(false);
        }
    }

    /**
     * The location is another session's: if that one lives, this one has lost; if it does not, the location is claimed
     * again.
     */
    void overtaken(Location other) {
        if (isSettled()) {
            effects.askSession(other, alive -> {
                if (isSettled() && alive) {
                    end(ByeReason.REPLACED, Duration.ZERO, () -> {});
                } else if (isSettled()) {
                    inbox.hold();
                    arrival.begin(account, waiting -> reclaimed(), why -> reclaimed());
                }
            });
        }
    }

    /**
     * Its location was refreshed and is still this session's. A guest's id may have become an account's since: then
     * what is sent to the account must not come here.
     */
    void refreshed(long waiting) {
        if (phase == Phase.OPEN && account.isGuest()) {
            effects.ifAccount(account.userId(), () -> end(ByeReason.REVOKED, Duration.ZERO, () -> {}));
        } else if (phase == Phase.OPEN) {
            inbox.look(waiting);
        }
    }

    /** Answers a push that cannot be taken: for an account it will be stored, for a guest that is its end. */
    void refuse(Origin push) {
        if (account != null && account.isGuest()) {
            effects.failed(push, isEnding() ? NoMailbox.LEFT : NoMailbox.BUSY);
        } else {
            effects.refused(push);
        }
    }

    /** Ends the session when its login was proven at that moment or before. */
    void notBefore(long moment) {
        if (phase == Phase.OPEN && account.provenAt() <= moment) {
            end(ByeReason.REVOKED, Duration.ZERO, () -> {});
        }
    }

    /** Open, and not claiming again. */
    private boolean isSettled() {
        return phase == Phase.OPEN && !arrival.isUnderWay();
    }

    /** Whether it succeeded or not (then the next refresh tries again), a drain opens the gate. */
    private void reclaimed() {
        if (phase == Phase.LEAVING) {
            depart();
        } else {
            inbox.goOn();
        }
    }

    void end(ByeReason reason, Duration retryAfter, Runnable then) {
        if (!isEnding()) {
            wire.send(new Event.Bye(isCrossed(reason) ? ByeReason.REPLACED : reason, retryAfter));
            wire.close();
        }
        leave(then);
    }

    /** A login that is overtaken before it opened comes back and sees who is there; one that was open stays away. */
    private boolean isCrossed(ByeReason reason) {
        return reason == ByeReason.KICKED && phase == Phase.ARRIVING;
    }

    /** Ends it for a client that does not read, or is not there at all. */
    void cut(ByeReason reason) {
        wire.send(new Event.Bye(reason, Duration.ZERO));
        wire.cut();
        leave(() -> {});
    }

    /** @param then runs when everything of the session is settled */
    void leave(Runnable then) {
        if (phase == Phase.GONE) {
            then.run();
            return;
        }
        whenGone.add(then);
        if (isEnding()) {
            return;
        }
        session.stir();
        inbox.stop();
        if (account == null) {
            gone();
        } else if (arrival.isUnderWay()) {
            phase = Phase.LEAVING;
        } else {
            depart();
        }
    }

    private void depart() {
        phase = Phase.CLOSING;
        inbox.depart(location, this::gone);
    }

    private void gone() {
        phase = Phase.GONE;
        whenGone.forEach(Runnable::run);
        whenGone.clear();
        effects.gone(session);
    }
}
