package io.parley.session;

import io.parley.config.LimitsConfig;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Identity;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import java.time.Duration;

/**
 * The sending half of a session: hands messages over for delivery, answers with receipts, and pauses the reading of the
 * client while too much is unanswered, too much waits to be written, or its login is still being decided.
 */
final class Outbox {

    private static final Refusal NOT_A_BROADCASTER =
            new Refusal(ErrorCode.FORBIDDEN, "only the roles broadcaster and admin may speak to everybody");

    static final Refusal TOO_MANY =
            new Refusal(ErrorCode.TOO_MANY, "too many commands of this session await an answer", Duration.ofSeconds(1));

    private final Session session;
    private final Wire wire;
    private final Effects effects;
    private final int maxUnanswered;
    private final int remembered;
    /** Null until the client sends something: most clients of a node are idle. */
    private Sends sends;
    /** Commands that await an answer: sends, repeats of one in progress, questions. */
    private int unanswered;

    private boolean congested;
    private boolean deciding;
    private boolean ackAwaited;
    private boolean paused;

    Outbox(Session session, Wire wire, Effects effects, LimitsConfig limits) {
        this.session = session;
        this.wire = wire;
        this.effects = effects;
        this.maxUnanswered = limits.unansweredSends();
        this.remembered = limits.recentReceipts();
    }

    void send(Identity sender, Command.Send command) {
        if (command instanceof Command.Broadcast && !sender.mayBroadcast()) {
            wire.send(new Event.Receipted(Receipt.refused(command.clientId(), null, NOT_A_BROADCASTER)));
            return;
        }
        if (sends == null) {
            sends = new Sends(remembered);
        }
        Receipt earlier = sends.earlier(command);
        if (earlier != null) {
            wire.send(new Event.Receipted(earlier));
        } else if (hasRoom()) {
            asked();
            if (sends.begin(command, effects.now())) {
                effects.submit(
                        session,
                        sender,
                        command,
                        why -> session.receipt(Receipt.refused(command.clientId(), null, why)));
            }
        } else if (!sends.isInProgress(command)) {
            wire.send(new Event.Receipted(Receipt.refused(command.clientId(), null, TOO_MANY)));
        }
    }

    /**
     * False while as many commands await an answer as may: reading is paused, so what comes all the same is refused.
     */
    boolean hasRoom() {
        return unanswered < maxUnanswered;
    }

    /** A command was accepted that will be answered later. */
    void asked() {
        unanswered++;
        session.stir();
        pauseOrResume();
    }

    /** So many of them have been answered. */
    void answered(int commands) {
        unanswered -= commands;
        pauseOrResume();
    }

    void receipt(Receipt receipt) {
        int answers = sends == null ? 0 : sends.end(receipt);
        for (int i = 0; i < answers; i++) {
            wire.send(new Event.Receipted(receipt));
        }
        answered(answers);
    }

    /** Refuses what nobody has answered since {@code before}. */
    void expire(long before) {
        if (sends != null) {
            sends.overdue(before).forEach(this::receipt);
        }
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

    /**
     * An acknowledgement that the session waits for may stand behind the sends of a client that was told to stop. Then
     * reading goes on, and the sends are refused: else two clients who write to each other as fast as they can wait for
     * each other.
     */
    void ackAwaited(boolean ackAwaited) {
        this.ackAwaited = ackAwaited;
        pauseOrResume();
    }

    /** Whether nothing of the client's awaits an answer. */
    boolean owesNothing() {
        return unanswered == 0;
    }

    /** While true, silence of the client is ours. */
    boolean isPaused() {
        return paused;
    }

    private void pauseOrResume() {
        boolean mustPause = congested || deciding || (!hasRoom() && !ackAwaited);
        boolean mayResume = !congested && !deciding && (unanswered <= maxUnanswered / 2 || ackAwaited);
        if (!paused && mustPause) {
            paused = true;
            wire.pauseReading();
        } else if (paused && mayResume) {
            paused = false;
            wire.resumeReading();
        }
    }
}
