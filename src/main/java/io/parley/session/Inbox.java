package io.parley.session;

import io.parley.protocol.Envelope;
import io.parley.protocol.Event;
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

    private final Wire wire;
    private final Effects effects;
    private final Window window;
    private final Acknowledged acknowledged;
    private final Drain drain;
    private String userId;
    private long now;
    /** {@link Long#MAX_VALUE} while the client keeps up. */
    private long congestedSince = Long.MAX_VALUE;

    Inbox(Wire wire, Effects effects, Gate gate, int ackWindow, long now) {
        this.now = now;
        this.wire = wire;
        this.effects = effects;
        this.window = new Window(ackWindow);
        this.acknowledged = new Acknowledged(ackWindow);
        this.drain = new Drain(this, window, gate, acknowledged);
    }

    void belongsTo(String userId) {
        this.userId = userId;
    }

    void tick(long now) {
        this.now = now;
    }

    void drain() {
        drain.request();
    }

    void look(long waiting) {
        drain.look(waiting);
    }

    @Override
    public boolean hasRoom() {
        return !isCongested() && !window.isFull();
    }

    void congested() {
        congestedSince = now;
    }

    void caughtUp() {
        congestedSince = Long.MAX_VALUE;
        drain.roomFreed();
    }

    boolean isCongested() {
        return congestedSince != Long.MAX_VALUE;
    }

    /** Since when the client has not read what it was given, be it deliveries or only answers. */
    long congestedSince() {
        return congestedSince;
    }

    long oldestSentAt() {
        return window.oldestSentAt();
    }

    /** @param origin who pushed it */
    void deliver(Envelope envelope, Origin origin, long now) {
        send(window.add(envelope, origin, now), false);
    }

    @Override
    public void replay(Envelope envelope) {
        send(window.add(envelope, null, now), true);
    }

    private void send(Window.InFlight added, boolean replayed) {
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

    @Override
    public void read(String afterId, int limit) {
        effects.read(userId, afterId, limit, drain::page, drain::pageFailed);
    }

    @Override
    public void remove(Collection<String> ids) {
        effects.remove(userId, ids, () -> drain.removed(ids), why -> drain.removalFailed(ids));
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
        new Departure(effects, userId, mine, departed).begin(window);
    }
}
