package io.parley.delivery;

import io.parley.protocol.Location;
import io.parley.protocol.Refusal;

/** What a lane asks of the world; the answers come back to the lane's own methods, later, on its event loop. */
interface Roads {

    /**
     * Finds out where the recipient is, or stores the letter when nowhere: answered by one of Lane's routed…() methods.
     */
    void route(Lane lane, Letter letter);

    /**
     * Pushes to a session and sets the letter's number: answered by taken, then ended; or by failed, in time at any
     * rate. Never answered inside this call: the lane does not know the number before it returns.
     */
    void push(Lane lane, Location location, Letter letter);

    /**
     * Puts the letter into the mailbox: answered by appended, mailboxFull or notAppended, in the order of the calls.
     */
    void append(Lane lane, Letter letter);

    /** Tells the session to drain, behind everything that was pushed to it. */
    void nudge(Location location);

    /**
     * Tells the session, on the same path, that nothing was appended of what it refused, so that it may take pushes
     * again.
     */
    void readmit(Location location);

    /** Calls {@link Lane#leaveOldRoad} after a while. */
    void limitWaitForOldRoad(Lane lane);

    /** Gives the letter to the lane of another spelling of the recipient's id. */
    void forward(String userId, Letter letter);

    void delivered(Letter letter);

    void stored(Letter letter);

    void refused(Letter letter, Refusal why);
}
