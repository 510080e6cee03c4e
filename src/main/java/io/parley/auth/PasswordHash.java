package io.parley.auth;

import io.parley.config.AuthConfig.HashFormat;

/**
 * One way to keep passwords. Its methods compute for tens of milliseconds, so they are called in {@link HashPool} and
 * by commands, never on an event loop. Whatever is stored, {@link #verify} takes constant time in what it compares.
 */
interface PasswordHash {

    static PasswordHash of(HashFormat format) {
        return switch (format) {
            case ARGON2ID -> new Argon2idHash();
            case BCRYPT -> new BcryptHash();
            case PLAIN -> new PlainHash();
        };
    }

    /** What to store for this password; different each time where the format has a salt. */
    String make(String password);

    /**
     * Whether this is the password. The stored text says how it was made, so older parameters still verify.
     *
     * @throws IllegalArgumentException when the stored text is not of this format
     */
    boolean verify(String password, String stored);

    /** A stored text that nobody's password fits and that costs as much to verify as one that was made today. */
    String dummy();

    /** The longest password, in bytes of UTF-8, that the format tells apart in full. */
    int maxBytes();
}
