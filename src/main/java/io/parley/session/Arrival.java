package io.parley.session;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Identity;
import io.parley.protocol.Identity.Standing;
import io.parley.protocol.Location;
import io.parley.protocol.Refusal;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * How a session becomes its account's one live session: claims the location, then has the session before it ended and
 * waits for that, bounded, before it drains (DESIGN section 6, Takeover).
 *
 * <p>Once begun it is always carried to its end, even when the session is told to end meanwhile: the claim has already
 * hidden the predecessor from everyone else, so that nobody but this session could end it.
 *
 * <p>A guest ends nobody: it claims only what is free, or whose holder is gone ({@link #HELD} else). The holder is
 * asked between two claims, and the second counts only if that holder has it still, so that of two guests one comes in.
 */
final class Arrival {

    /** Nothing was claimed, so nobody can have seen this session under that id. */
    static final Refusal HELD = new Refusal(ErrorCode.FORBIDDEN, "another guest has this user_id");

    private final Effects effects;
    private final Location mine;
    private boolean underWay;

    Arrival(Effects effects, Location mine) {
        this.effects = effects;
        this.mine = mine;
    }

    boolean isUnderWay() {
        return underWay;
    }

    /**
     * @param arrived  gets the number of waiting messages; the predecessor, if any, has ended or did not answer in time
     * @param failed   the claim failed; nothing was changed
     */
    void begin(Identity who, Consumer<Long> arrived, Consumer<Refusal> failed) {
        underWay = true;
        Consumer<Refusal> otherwise = why -> end(() -> failed.accept(why));
        if (who.standing() == Standing.GUEST) {
            claimFree(who.userId(), () -> end(() -> arrived.accept(0L)), otherwise);
        } else {
            claim(who.userId(), waiting -> end(() -> arrived.accept(who.isGuest() ? 0 : waiting)), otherwise);
        }
    }

    private void claim(String userId, LongConsumer then, Consumer<Refusal> otherwise) {
        effects.claim(
                userId,
                mine,
                claimed -> {
                    if (claimed.previous() == null || claimed.previous().equals(mine)) {
                        then.accept(claimed.waiting());
                    } else {
                        effects.endSession(claimed.previous(), () -> then.accept(claimed.waiting()));
                    }
                },
                otherwise);
    }

    private void claimFree(String userId, Runnable then, Consumer<Refusal> otherwise) {
        effects.claimFree(
                userId,
                mine,
                null,
                holder -> {
                    if (holder == null) {
                        then.run();
                    } else {
                        effects.askSession(holder, alive -> {
                            if (alive) {
                                otherwise.accept(HELD);
                            } else {
                                claimOf(holder, userId, then, otherwise);
                            }
                        });
                    }
                },
                otherwise);
    }

    private void claimOf(Location gone, String userId, Runnable then, Consumer<Refusal> otherwise) {
        effects.claimFree(
                userId,
                mine,
                gone,
                quicker -> {
                    if (quicker == null) {
                        then.run();
                    } else {
                        otherwise.accept(HELD);
                    }
                },
                otherwise);
    }

    private void end(Runnable then) {
        underWay = false;
        then.run();
    }
}
