package io.parley.protocol;

import java.util.Locale;

/** Why something was refused: the closed list of error codes that a client can meet (protocol.md, Errors). */
public enum ErrorCode {
    BAD_FRAME,
    FRAME_TOO_LARGE,
    BAD_VERSION,
    UNKNOWN_COMMAND,
    BAD_CONTENT,
    NOT_VERIFIED,
    ALREADY_VERIFIED,
    BAD_CREDENTIALS,
    LOCKED,
    RATE_LIMITED,
    UNKNOWN_USER,
    MAILBOX_FULL,
    NOT_MEMBER,
    UNKNOWN_GROUP,
    FORBIDDEN,
    TOO_MANY,
    UNAVAILABLE,
    DRAINING,
    INTERNAL;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The code as it is written on the wire, for example {@code mailbox_full}. */
    public String code() {
        return code;
    }

    /** The code written as {@code text}; {@link #INTERNAL} for one that this version does not know. */
    public static ErrorCode of(String text) {
        for (ErrorCode each : values()) {
            if (each.code.equals(text)) {
                return each;
            }
        }
        return INTERNAL;
    }
}
