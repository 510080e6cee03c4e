package io.parley.session;

import io.parley.protocol.Envelope;
import io.parley.protocol.Event;
import io.parley.protocol.Identity;
import io.parley.protocol.Location;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The receiving half of a session: what is on its way to the client, and what still waits for it in the mailbox. Puts
 * {@link Window}, {@link Drain} and {@link Acknowledged} together.
 */
final class Inbox implements Drain.Reader {

    private static final long NEVER = Long.MAX_VALUE;

    private final Session session;
    private final Wire wire;
    private final Effects effects;
    private final Window window;
    private final Acknowledged acknowledged;
    private final Drain drain;
    private Identity who;
    private boolean held;
    private long congestedSince = NEVER;

    Inbox(Session session, Wire wire, Effects effects, Gate gate, int ackWindow) {
        this.session = session;
        this.wire = wire;
        this.effects = effects;
        this.window = new Window(ackWindow);
        this.acknowledged = new Acknowledged(ackWindow);
        this.drain = new Drain(this, window, gate, acknowledged);
    }

    void belongsTo(Identity who) {
        this.who = who;
    }

    void drain() {
        drain.request();
    }

    void look(long waiting) {
        drain.look(waiting);
    }

    @Override
    public boolean hasRoom() {
        return !isCongested() && !held && !window.isFull();
    }

    /** Nothing more is given to the client, neither pushed nor replayed, until {@link #goOn}. */
    void hold() {
        held = true;
    }

    void goOn() {
        held = false;
        drain.request();
        drain.roomFreed();
    }

    void congested() {
        congestedSince = Math.min(congestedSince, effects.now());
        session.stir();
    }

    void caughtUp() {
        congestedSince = NEVER;
        drain.roomFreed();
    }

    boolean isCongested() {
        return congestedSince != NEVER;
    }

    int inFlight() {
        return window.count();
    }

    /** Since when the client has owed an acknowledgement; {@link Long#MAX_VALUE} when it owes none. */
    long ackOwedSince() {
        return window.oldestSentAt();
    }

    /** Since when it has owed that, or has not read what it was sent; {@link Long#MAX_VALUE} when it owes nothing. */
    long owedSince() {
        return Math.min(ackOwedSince(), congestedSince);
    }

    /** @param origin who pushed it */
    void deliver(Envelope envelope, Origin origin) {
        if (acknowledged.contains(envelope.id())) {
            effects.acked(origin);
        } else {
            send(window.add(envelope, origin, effects.now()), false);
        }
    }

    @Override
    public void replay(Envelope envelope) {
        send(window.add(envelope, null, effects.now()), true);
    }

    private void send(Window.InFlight added, boolean replayed) {
        session.stir();
        wire.deliver(new Event.Delivery(added.seq, replayed, added.envelope), () -> acknowledge(added.seq));
    }

    /** @return false when {@code seq} has not been delivered yet; a seq that was acknowledged before is fine */
    boolean acknowledge(long seq) {
        if (seq > window.lastSeq()) {
            return false;
        }
        List<String> removable = new ArrayList<>();
        for (Window.InFlight acked : window.acknowledge(seq)) {
            acknowledged.add(acked.envelope.id());
            if (acked.origin != null) {
                effects.acked(acked.origin);
            }
            if (acked.inMailbox()) {
                removable.add(acked.envelope.id());
            }
        }
        drain.remove(removable);
        drain.roomFreed();
        return true;
    }

    /** A guest has no mailbox; what may be in one under its id is an account's that was there before, or will be. */
    @Override
    public void read(String afterId, int limit) {
        if (who.isGuest()) {
            drain.page(List.of());
        } else {
            effects.read(who.userId(), afterId, limit, drain::page, drain::pageFailed);
        }
    }

    @Override
    public void remove(Collection<String> ids) {
        effects.remove(who.userId(), ids, () -> drain.removed(ids), why -> drain.removalFailed(ids));
    }

    @Override
    public void later(Duration delay, Runnable task) {
        effects.later(delay, task);
    }

    void stop() {
        drain.stop();
    }

    /** Gives back what was pushed and not acknowledged; then releases the location and runs {@code departed}. */
    void depart(Location mine, Runnable departed) {
        new Departure(effects, who, mine, departed).begin(window);
    }
}
