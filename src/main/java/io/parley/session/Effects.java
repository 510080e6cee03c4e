package io.parley.session;

import io.parley.protocol.Command;
import io.parley.protocol.Entrance;
import io.parley.protocol.Envelope;
import io.parley.protocol.Event;
import io.parley.protocol.Identity;
import io.parley.protocol.Location;
import io.parley.protocol.Question;
import io.parley.protocol.Refusal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a session asks of the rest of the node. Each question is answered once, later, on the session's own event loop,
 * by one of the two callbacks; every wait is bounded by whoever implements this. Commands to Redis take effect in the
 * order of the calls.
 */
public interface Effects {

    /**
     * The time: milliseconds, never smaller than before. Asked for with each command, so answered at once and for
     * nothing; it may be as old as the last look at a session.
     */
    long now();

    /** @param entrance where the client came in, for the throttle of wrong passwords and the rule for guests */
    void authenticate(Command.Verify command, Entrance entrance, Consumer<Identity> then, Consumer<Refusal> otherwise);

    /** Sets the account's location. A claim that fails leaves nothing behind: it is followed by a release. */
    void claim(String userId, Location mine, Consumer<Claimed> then, Consumer<Refusal> otherwise);

    /**
     * Sets a guest's location if nobody has it, or still the session that is known to be gone; {@code then} gets who
     * has it and keeps it, or null when it is set.
     *
     * @param gone null for nobody
     */
    void claimFree(String userId, Location mine, Location gone, Consumer<Location> then, Consumer<Refusal> otherwise);

    /** Runs {@code then} if an account has this id by now; does nothing if not, or when that cannot be told. */
    void ifAccount(String userId, Runnable then);

    /** Asks the session at {@code location} to end; runs {@code then} when it has, or when the wait is over. */
    void endSession(Location location, Runnable then);

    /** Asks whether the session at {@code location} lives. No answer counts as alive: {@code then} gets true. */
    void askSession(Location location, Consumer<Boolean> then);

    /** Removes the location if it is still this one; runs {@code then} when that is done or has failed. */
    void release(String userId, Location mine, Runnable then);

    /** Reads the mailbox in order of id, from the one after {@code afterId}; from the start when that is null. */
    void read(String userId, String afterId, int limit, Consumer<List<Envelope>> then, Consumer<Refusal> otherwise);

    /** Deletes exactly these ids from the mailbox. */
    void remove(String userId, Collection<String> ids, Runnable then, Consumer<Refusal> otherwise);

    /** Appends to the mailbox; {@code then} gets the account's location, or null when it has none. */
    void append(String userId, Envelope envelope, Consumer<Location> then, Consumer<Refusal> otherwise);

    /** Tells the session at {@code location} that its mailbox has something new. */
    void nudge(Location location);

    /**
     * Brings a message on its way; its receipt comes to {@link Session#receipt}. Messages of one session to one
     * recipient go in the order of the calls.
     */
    void submit(Session session, Identity sender, Command.Send command, Consumer<Refusal> otherwise);

    /** Answers a push. */
    void taken(Origin push);

    void refused(Origin push);

    void acked(Origin push);

    void stored(Origin push);

    void failed(Origin push, Refusal why);

    /**
     * Answers a question of the client.
     *
     * @param then gets the answer; null when it comes, like to everybody in the room, through {@link Session#hear}
     */
    void ask(Session session, Identity asker, Question question, Consumer<Event> then, Consumer<Refusal> otherwise);

    /** Runs {@code task} after {@code delay} on the session's event loop. */
    void later(Duration delay, Runnable task);

    /** The session is its account's one live session now. */
    void opened(Session session);

    /** The session rested and does so no more: it must be looked at each second. */
    void stirred(Session session);

    /** The session has ended and everything of it is settled. */
    void gone(Session session);

    /**
     * The answer to a claim.
     *
     * @param previous  whose location it was; null when there was none
     * @param waiting   messages in the mailbox
     */
    record Claimed(Location previous, long waiting) {}
}
