package io.parley.delivery;

import io.parley.protocol.NoMailbox;
import io.parley.protocol.Refusal;

/** Whose id a lane has, as far as anybody knows: it decides what becomes of a message that did not get through. */
enum Owner {
    /** An account's: the message goes to its mailbox, whatever the session says that has the id at the moment. */
    ACCOUNT,
    /** A guest's, for whom nothing is stored. */
    GUEST,
    /** Somebody's who is connected while MySQL cannot tell: an account's, unless its session says otherwise. */
    UNSURE;

    /** Why a letter whose push failed must not go to the mailbox; null when it must. */
    Refusal whyNotKept(Letter letter) {
        boolean said = NoMailbox.isReason(letter.why);
        return switch (this) {
            case ACCOUNT -> null;
            case GUEST -> said ? letter.why : letter.lost ? NoMailbox.LEFT : NoMailbox.BUSY;
            case UNSURE -> said ? letter.why : null;
        };
    }
}
