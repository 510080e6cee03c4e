package io.parley.mailbox;

import io.parley.protocol.Location;

/**
 * What a session found when it refreshed its location.
 *
 * @param others     who has the location instead; null unless the state is OTHERS
 * @param waiting    messages in the mailbox
 * @param notBefore  epoch milliseconds: logins of up to then do not count any more; 0 when all count
 */
public record Refreshed(State state, Location others, long waiting, long notBefore) {

    /** Whose the location was. */
    public enum State {
        /** This session's; it lives on. */
        MINE,
        /** Nobody's: Redis had lost it. It is set again, and what was stored meanwhile must be drained. */
        ABSENT,
        /** Another session's; nothing was changed. */
        OTHERS
    }
}
