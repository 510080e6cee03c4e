package io.parley.session;

import io.parley.protocol.Command;
import io.parley.protocol.Event;
import io.parley.protocol.Identity;
import io.parley.protocol.Receipt;

/**
 * The sending half of a session: hands messages over for delivery, answers with receipts, and pauses the reading of the client
 * while too much is unanswered, too much waits to be written, or its login is still being decided.
 */
final class Outbox {

    private final Wire wire;
    private final Effects effects;
    private final Sends sends;
    private final int maxUnanswered;
    private int questions;
    private boolean congested;
    private boolean deciding;
    private boolean paused;

    Outbox(Wire wire, Effects effects, int maxUnanswered, int remembered) {
        this.wire = wire;
        this.effects = effects;
        this.sends = new Sends(remembered);
        this.maxUnanswered = maxUnanswered;
    }

    void send(Session session, Identity sender, Command.Single command, long now) {
        Receipt earlier = sends.earlier(command);
        if (earlier != null) {
            wire.send(new Event.Receipted(earlier));
            return;
        }
        if (sends.begin(command, now)) {
            effects.submit(session, sender, command, why -> receipt(Receipt.refused(command.clientId(), null, why)));
        }
        pauseOrResume();
    }

    /** A question to the stores is on its way: so many at once would crowd out everybody else's. */
    void asked() {
        questions++;
        pauseOrResume();
    }

    void answered() {
        questions--;
        pauseOrResume();
    }

    void receipt(Receipt receipt) {
        for (int answers = sends.end(receipt); answers > 0; answers--) {
            wire.send(new Event.Receipted(receipt));
        }
        pauseOrResume();
    }

    /** Refuses what nobody has answered since {@code before}. */
    void expire(long before) {
        sends.overdue(before).forEach(this::receipt);
    }

    void congested(boolean congested) {
        this.congested = congested;
        pauseOrResume();
    }

    /** Commands that a client sends right behind its verify wait until it is decided, instead of being refused. */
    void deciding(boolean deciding) {
        this.deciding = deciding;
        pauseOrResume();
    }

    /** While true, silence of the client is ours. */
    boolean isPaused() {
        return paused;
    }

    private void pauseOrResume() {
        int unanswered = sends.unanswered() + questions;
        boolean mustPause = congested || deciding || unanswered >= maxUnanswered;
        boolean mayResume = !congested && !deciding && unanswered <= maxUnanswered / 2;
        if (!paused && mustPause) {
            paused = true;
            wire.pauseReading();
        } else if (paused && mayResume) {
            paused = false;
            wire.resumeReading();
        }
    }
}
