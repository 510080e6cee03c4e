package io.parley.protocol;

import java.util.Locale;

/** Why the node ends a session (protocol.md, bye). Only after some of them does a client come back by itself. */
public enum ByeReason {
    LOGOUT(false),
    /** A newer login of the same account took over. */
    KICKED(false),
    /** A crossing login, or a claim that was lost, took the account's location. */
    REPLACED(true),
    DRAINING(true),
    IDLE(true),
    ACK_TIMEOUT(true),
    VERIFY_TIMEOUT(true),
    /** The client read too slowly for too long. */
    SLOW(true),
    PROTOCOL_ERROR(false),
    /** The account was disabled or got a new password after this session logged in. */
    REVOKED(false);

    private final String code = name().toLowerCase(Locale.ROOT);
    private final boolean comesBack;

    ByeReason(boolean comesBack) {
        this.comesBack = comesBack;
    }

    /** The reason as it is written on the wire. */
    public String code() {
        return code;
    }

    /** Whether a client reconnects by itself after this. */
    public boolean comesBack() {
        return comesBack;
    }

    /** The reason written as {@code text}; one that this version does not know reads as {@link #DRAINING}. */
    public static ByeReason of(String text) {
        for (ByeReason each : values()) {
            if (each.code.equals(text)) {
                return each;
            }
        }
        return DRAINING;
    }
}
