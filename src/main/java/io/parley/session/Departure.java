package io.parley.session;

import io.parley.protocol.Identity;
import io.parley.protocol.Location;
import io.parley.protocol.NoMailbox;
import java.util.ArrayDeque;

/**
 * How a session that was open ends: what was pushed to it and not acknowledged goes to the mailbox, each shard is
 * answered only after Redis accepted, and then the location is released (DESIGN section 6, Closing). Of a guest nothing
 * is stored: its shards are told that it has left.
 */
final class Departure {

    private final Effects effects;
    private final Identity who;
    private final Location mine;
    private final Runnable departed;
    private int appending;

    Departure(Effects effects, Identity who, Location mine, Runnable departed) {
        this.effects = effects;
        this.who = who;
        this.mine = mine;
        this.departed = departed;
    }

    void begin(Window window) {
        ArrayDeque<Window.InFlight> pushed = new ArrayDeque<>();
        for (Window.InFlight each : window.clear()) {
            if (each.origin == null) {
                continue;
            }
            if (who.isGuest()) {
                effects.failed(each.origin, NoMailbox.LEFT);
            } else if (each.inMailbox()) {
                effects.stored(each.origin);
            } else {
                pushed.add(each);
            }
        }
        appending = pushed.size();
        pushed.forEach(this::append);
        releaseWhenAppended();
    }

    private void append(Window.InFlight inFlight) {
        effects.append(
                who.userId(),
                inFlight.envelope,
                location -> {
                    if (location != null && !location.equals(mine)) {
                        effects.nudge(location);
                    }
                    effects.stored(inFlight.origin);
                    appended();
                },
                why -> {
                    effects.failed(inFlight.origin, why);
                    appended();
                });
    }

    private void appended() {
        appending--;
        releaseWhenAppended();
    }

    private void releaseWhenAppended() {
        if (appending == 0) {
            appending = -1;
            effects.release(who.userId(), mine, departed);
        }
    }
}
