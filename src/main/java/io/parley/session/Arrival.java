package io.parley.session;

import io.parley.protocol.Location;
import io.parley.protocol.Refusal;
import java.util.function.Consumer;

/**
 * How a session becomes its account's one live session: claims the location, then has the session before it ended and
 * waits for that, bounded, before it drains (DESIGN section 6, Takeover).
 *
 * <p>Once begun it is always carried to its end, even when the session is told to end meanwhile: the claim has already
 * hidden the predecessor from everyone else, so that nobody but this session could end it.
 */
final class Arrival {

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
    void begin(String userId, Consumer<Long> arrived, Consumer<Refusal> failed) {
        underWay = true;
        effects.claim(
                userId,
                mine,
                claimed -> {
                    if (claimed.previous() == null || claimed.previous().equals(mine)) {
                        end(() -> arrived.accept(claimed.waiting()));
                    } else {
                        effects.endSession(claimed.previous(), () -> end(() -> arrived.accept(claimed.waiting())));
                    }
                },
                why -> end(() -> failed.accept(why)));
    }

    private void end(Runnable then) {
        underWay = false;
        then.run();
    }
}
