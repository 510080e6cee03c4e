package io.parley.protocol;

import java.time.Duration;

/** Why a message to a guest did not get through: a guest has no mailbox in which it could wait. */
public final class NoMailbox {

    /** Nobody has the id any more. */
    public static final Refusal LEFT = new Refusal(ErrorCode.UNKNOWN_USER, "the guest has left");

    /** The guest comes in just now, or has not read what it was sent before. */
    public static final Refusal BUSY =
            new Refusal(ErrorCode.TOO_MANY, "the guest cannot take more at the moment", Duration.ofSeconds(1));

    private NoMailbox() {}

    /**
     * Whether a session that could not take or keep a message said so because it is a guest's. Compares codes, as the
     * sentences may be those of another version; the session of an account never gives these.
     *
     * @param why  null when it gave no reason
     */
    public static boolean isReason(Refusal why) {
        return why != null && (why.code() == LEFT.code() || why.code() == BUSY.code());
    }
}
