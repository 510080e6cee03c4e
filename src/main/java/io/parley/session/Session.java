package io.parley.session;

import io.parley.config.LimitsConfig;
import io.parley.config.SessionsConfig;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Command;
import io.parley.protocol.Envelope;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Location;
import io.parley.protocol.Question;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import java.time.Duration;

/**
 * One connection, from accept to close. Before it is verified it can do almost nothing; then it sends for one account,
 * and is sent that account's messages: first those that waited, then those pushed by delivery shards, in that order.
 *
 * <p>Every method is called on the session's own event loop. It notices that something has lasted too long when it is
 * {@linkplain #look looked at}, so all waits are as exact as the looks are frequent; while it rests it needs none.
 */
public final class Session {

    private final Wire wire;
    private final Effects effects;
    private final SessionsConfig times;
    private final LimitsConfig limits;
    private final Gate gate = new Gate();
    private final Inbox inbox;
    private final Outbox outbox;
    private final Lifecycle life;
    private final Patience patience;
    private boolean resting;

    /** @param location this gateway and this session's id */
    public Session(Location location, Wire wire, Effects effects, SessionsConfig times, LimitsConfig limits) {
        this.wire = wire;
        this.effects = effects;
        this.times = times;
        this.limits = limits;
        this.inbox = new Inbox(this, wire, effects, gate, limits.ackWindow());
        this.outbox = new Outbox(this, wire, effects, limits);
        this.life = new Lifecycle(this, location, new Lifecycle.Parts(wire, effects, inbox, outbox));
        this.patience = new Patience(effects, times, life, inbox, outbox);
    }

    public String id() {
        return life.location().session();
    }

    /** Whose session this is; null before it is verified. */
    public String userId() {
        return life.account() == null ? null : life.account().userId();
    }

    /**
     * Whether the account's older sessions have lost to it. So has it while it is about to leave, but has still to end
     * its predecessor: one that claimed again meanwhile would wait for it, and it for that one.
     */
    public boolean isAlive() {
        return life.isArriving() || life.isOpen() || life.isLeaving();
    }

    public boolean isOpen() {
        return life.isOpen();
    }

    /** Deliveries that its client has not acknowledged yet. */
    public int inFlight() {
        return inbox.inFlight();
    }

    /** Whether nothing is read from its client at the moment. */
    public boolean isPaused() {
        return outbox.isPaused();
    }

    // Commands of the client.

    /** The client sent something, whatever it was. */
    public void heard() {
        patience.heard();
    }

    public void verify(Command.Verify command) {
        if (life.isUnverified()) {
            life.verify(
                    command,
                    waiting -> Event.Verified.of(life.account(), times.heartbeat(), limits.ackWindow(), waiting));
        } else if (!life.isEnding()) {
            refuse(ErrorCode.ALREADY_VERIFIED, "this session is verified already", Command.Verify.ID, null);
        }
    }

    public void send(Command.Send command) {
        if (mayAsk(command.id(), command.clientId())) {
            outbox.send(life.account(), command);
        }
    }

    /** What became of a message that this session sent. */
    public void receipt(Receipt receipt) {
        if (life.isOpen()) {
            outbox.receipt(receipt);
        }
    }

    public void ping(Command.Ping command) {
        if (!life.isEnding()) {
            wire.send(new Event.Pong(command.content()));
        }
    }

    public void ack(Command.Ack command) {
        if (mayAsk(Command.Ack.ID, null) && !inbox.acknowledge(command.seq())) {
            refuse(
                    ErrorCode.BAD_CONTENT,
                    "seq " + command.seq() + " was never delivered in this session",
                    Command.Ack.ID,
                    null);
        }
    }

    public void ask(Question command) {
        if (!mayAsk(command.id(), command.clientId())) {
            return;
        }
        if (outbox.hasRoom()) {
            outbox.asked();
            effects.ask(
                    this,
                    life.account(),
                    command,
                    this::answer,
                    why -> answer(new Event.Failed(why, command.id(), command.clientId())));
        } else {
            wire.send(new Event.Failed(Outbox.TOO_MANY, command.id(), command.clientId()));
        }
    }

    /** @param event null when the answer comes to everybody in a room, and so to this session as well */
    private void answer(Event event) {
        if (life.isOpen()) {
            if (event != null) {
                wire.send(event);
            }
            outbox.answered(1);
        }
    }

    /**
     * Something that everybody gets who is there now, or everybody in a room. A client that has fallen behind does not:
     * nothing of it is stored.
     *
     * @return whether it was given to the client
     */
    public boolean hear(Event event) {
        boolean heard = life.isOpen() && !inbox.isCongested();
        if (heard) {
            wire.send(event);
        }
        return heard;
    }

    private boolean mayAsk(int command, String clientId) {
        if (!life.isOpen() && !life.isEnding()) {
            refuse(ErrorCode.NOT_VERIFIED, "verify first", command, clientId);
        }
        return life.isOpen();
    }

    private void refuse(ErrorCode code, String detail, int command, String clientId) {
        wire.send(new Event.Failed(new Refusal(code, detail), command, clientId));
    }

    // Messages for the client.

    /** A delivery shard pushes a message: it is answered taken or refused now, and how it ended later. */
    public void push(Origin origin, Envelope envelope) {
        if (life.isOpen() && gate.admits(origin.courier()) && inbox.hasRoom()) {
            effects.taken(origin);
            inbox.deliver(envelope, origin);
        } else {
            refuse(origin);
        }
    }

    /** A push that cannot be taken for what it is: its shard stores it, and what follows it must not overtake it. */
    public void refuse(Origin origin) {
        gate.refuse(origin.courier());
        life.refuse(origin);
    }

    /** The shard has appended what this session refused, or somebody else has appended something. */
    public void nudge(String courier) {
        gate.readmit(courier);
        if (life.isOpen()) {
            inbox.drain();
        }
    }

    /**
     * The shard could append nothing of what this session refused: there is nothing that its next push could overtake.
     */
    public void readmit(String courier) {
        gate.readmit(courier);
    }

    /** So many bytes wait to be written to the client that nothing more should be given to it, or read from it. */
    public void congested() {
        if (!life.isEnding()) {
            inbox.congested();
            outbox.congested(true);
        }
    }

    /** The client has read what it was given. */
    public void caughtUp() {
        if (!life.isEnding()) {
            inbox.caughtUp();
            outbox.congested(false);
        }
    }

    // Time.

    /**
     * Ends what has lasted too long.
     *
     * @param until  when it is looked at again if it rests
     * @return whether it rests: before {@code until} nothing can last too long, unless it {@linkplain #stir stirs}
     */
    public boolean look(long until) {
        resting = patience.look(until);
        return resting;
    }

    /** Ends its rest: from now on it must be looked at each second. */
    public void stir() {
        if (resting) {
            resting = false;
            effects.stirred(this);
        }
    }

    /** Its location was refreshed and is still this session's. */
    public void refreshed(long waiting) {
        life.refreshed(waiting);
    }

    /** Its location had expired or was lost, and has been set again: whoever sent meanwhile found nobody and stored. */
    public void restored() {
        if (life.isOpen()) {
            inbox.drain();
        }
    }

    /** Its location turned out to be another session's. */
    public void overtaken(Location other) {
        life.overtaken(other);
    }

    /** The account was changed at this moment (epoch milliseconds); earlier logins do not count any more. */
    public void notBefore(long moment) {
        life.notBefore(moment);
    }

    // The end.

    /** @param then as in {@link #end} */
    public void logout(Runnable then) {
        end(ByeReason.LOGOUT, Duration.ZERO, then);
    }

    /** The framing cannot be trusted any more. */
    public void broken(Refusal refusal) {
        if (!life.isEnding()) {
            wire.send(new Event.Failed(refusal, 0, null));
        }
        end(ByeReason.PROTOCOL_ERROR, Duration.ZERO, () -> {});
    }

    /** The connection is closed, by whomever. */
    public void disconnected() {
        life.leave(() -> {});
    }

    /** @param then runs when everything of it is settled: its messages are in the mailbox, its location is released */
    public void end(ByeReason reason, Duration retryAfter, Runnable then) {
        life.end(reason, retryAfter, then);
    }
}
