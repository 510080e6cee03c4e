package io.parley.bus;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;

/**
 * Asks auth whether an account exists; answered by its user id as the database row spells it ({@link Found}), or by a
 * {@link Refusal}: {@link #NOBODY}, {@link #DISABLED}, or {@code unavailable} when MySQL cannot tell.
 */
public record Lookup(String userId) {

    /** No account has the id: it may be a guest's. */
    public static final Refusal NOBODY = new Refusal(ErrorCode.UNKNOWN_USER, "no account has this user_id");

    /** An account has it that is disabled; not to be said to a client, for whom it is the same as none. */
    public static final Refusal DISABLED = new Refusal(ErrorCode.UNKNOWN_USER, "the account is disabled");

    /** @param userId spelt as in the database row */
    public record Found(String userId) {}
}
