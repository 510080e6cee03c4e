package io.parley.delivery;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Location;
import io.parley.protocol.NoMailbox;
import io.parley.protocol.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/**
 * All messages of this node to one recipient, first in, first out (DESIGN section 8, Lanes). One road at a time:
 * locating, pushing to one session, settling what failed, or waiting until nothing is left on the old road before it
 * changes to another.
 *
 * <p>A lane exists because order is a promise: a cached location answers at once and Redis later, so that without it a
 * second message overtakes the first.
 */
final class Lane {

    private enum Road {
        /** One route is outstanding; later letters wait. */
        LOCATING,
        /** Letters are pushed as they come. */
        PUSHING,
        /**
         * A push failed: nothing new is pushed until all pushes have their first answer and what failed is appended.
         */
        SETTLING,
        /** The recipient is elsewhere now: nothing new is pushed until the old session has given its last answers. */
        CHANGING
    }

    private static final Refusal TOO_MANY = new Refusal(
            ErrorCode.TOO_MANY, "too many messages to this recipient are on their way", Duration.ofSeconds(1));
    private static final Refusal FULL = new Refusal(ErrorCode.MAILBOX_FULL, "the recipient's mailbox is full");

    private final String userId;
    private final int depth;
    private final Roads roads;
    private final ArrayDeque<Letter> waiting = new ArrayDeque<>(4);
    private final Pushed pushed = new Pushed();

    private Road road = Road.LOCATING;
    private Location session;
    private Owner owner = Owner.ACCOUNT;
    private boolean routing;
    private int appending;
    private final Settling settling = new Settling();
    /** Where the lane goes once nothing is left on the old road; null leads to LOCATING. */
    private Location next;

    /**
     * Limits of waits for an old road that have not run out. Only the last one counts: the others belong to earlier
     * changes.
     */
    private int limits;

    private boolean advancing;

    /** @param depth how many letters may be in the lane at once */
    Lane(String userId, int depth, Roads roads) {
        this.userId = userId;
        this.depth = depth;
        this.roads = roads;
    }

    String userId() {
        return userId;
    }

    /** Nothing is in it: its cached location may expire. */
    boolean isIdle() {
        return waiting.isEmpty() && pushed.isEmpty() && !routing && appending == 0;
    }

    void offer(Letter letter) {
        if (waiting.size() + pushed.size() + appending >= depth) {
            roads.refused(letter, TOO_MANY);
        } else {
            waiting.add(letter);
            advance();
        }
    }

    // Answers to route.

    void routedTo(Location location) {
        routedTo(location, Owner.ACCOUNT);
    }

    void routedTo(Location location, Owner owner) {
        routing = false;
        session = location;
        next = location;
        this.owner = owner;
        road = Road.PUSHING;
        advance();
    }

    void routedToMailbox() {
        routing = false;
        roads.stored(waiting.remove());
        advance();
    }

    void routedToFullMailbox() {
        notRouted(FULL);
    }

    void notRouted(Refusal why) {
        routing = false;
        roads.refused(waiting.remove(), why);
        advance();
    }

    /** The recipient's id is spelt differently in the database row: the letter belongs into that lane. */
    void routedElsewhere(String userId) {
        routing = false;
        roads.forward(userId, waiting.remove());
        advance();
    }

    // Answers to push.

    void taken(long number) {
        pushed.taken(number);
        advance();
    }

    void acked(long number) {
        Letter letter = pushed.ended(number);
        if (letter != null) {
            roads.delivered(letter);
            advance();
        }
    }

    void stored(long number) {
        Letter letter = pushed.ended(number);
        if (letter != null) {
            roads.stored(letter);
            advance();
        }
    }

    /**
     * The push was refused, its session is not there or failed to store it, or an answer did not come in time.
     *
     * @param lost whether the session may be gone, so that its location must not be trusted when Redis cannot be asked
     */
    void failed(long number, boolean lost) {
        failed(number, lost, null);
    }

    /** @param why what its session said; null when it said nothing */
    void failed(long number, boolean lost, Refusal why) {
        if (pushed.failed(number, lost, why)) {
            if (lost) {
                settling.sessionLost();
            }
            road = Road.SETTLING;
            advance();
        }
    }

    /**
     * The old session has had time enough: what it has not answered goes to the mailbox, where a second copy is
     * harmless.
     */
    void leaveOldRoad() {
        limits--;
        if (limits == 0 && road == Road.CHANGING) {
            pushed.failAll();
            road = Road.SETTLING;
            advance();
        }
    }

    // Answers to append.

    /** @param location what the append saw; null when the recipient is nowhere */
    void appended(Letter letter, Location location) {
        settling.looked(location);
        roads.stored(letter);
        appendEnded();
    }

    void mailboxFull(Letter letter, Location location) {
        settling.looked(location);
        roads.refused(letter, FULL);
        appendEnded();
    }

    void notAppended(Letter letter, Refusal why) {
        roads.refused(letter, why);
        appendEnded();
    }

    private void appendEnded() {
        appending--;
        advance();
    }

    /**
     * Goes as far as it can. An answer that comes at once, inside, is taken up by the same loop rather than by
     * recursion.
     */
    private void advance() {
        if (advancing) {
            return;
        }
        advancing = true;
        try {
            while (step()) {
                // Each step changes what the next one sees.
            }
        } finally {
            advancing = false;
        }
    }

    /** @return whether something was done, so that another step may follow */
    private boolean step() {
        return switch (road) {
            case LOCATING -> locate();
            case PUSHING -> push();
            case SETTLING -> settle();
            case CHANGING -> change();
        };
    }

    private boolean locate() {
        if (routing || waiting.isEmpty()) {
            return false;
        }
        routing = true;
        roads.route(this, waiting.peek());
        return true;
    }

    private boolean push() {
        Letter letter = waiting.poll();
        if (letter == null) {
            return false;
        }
        roads.push(this, session, letter);
        pushed.add(letter);
        return true;
    }

    private boolean settle() {
        if (appending > 0 || pushed.awaitsAnswers()) {
            return false;
        }
        List<Letter> failed = pushed.takeFailed();
        if (failed.isEmpty()) {
            settled();
        } else {
            failed.forEach(this::keep);
        }
        return true;
    }

    private void keep(Letter letter) {
        Refusal whyNot = owner.whyNotKept(letter);
        if (whyNot == null) {
            appending++;
            roads.append(this, letter);
        } else {
            if (whyNot.code() == NoMailbox.LEFT.code()) {
                settling.sessionLost();
            }
            roads.refused(letter, whyNot);
        }
    }

    /** A guest's session that refuses may be an account's by now; that is asked again when nothing is in flight. */
    private void settled() {
        next = settling.end(session, next, roads);
        if (owner == Owner.GUEST && pushed.isEmpty()) {
            next = null;
        }
        road = session.equals(next) ? Road.PUSHING : Road.CHANGING;
        if (road == Road.CHANGING && !pushed.isEmpty()) {
            limits++;
            roads.limitWaitForOldRoad(this);
        }
    }

    private boolean change() {
        if (!pushed.isEmpty()) {
            return false;
        }
        session = next;
        road = next == null ? Road.LOCATING : Road.PUSHING;
        return true;
    }
}
