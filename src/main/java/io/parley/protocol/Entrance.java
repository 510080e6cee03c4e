package io.parley.protocol;

/**
 * Where a client came in.
 *
 * @param remote           its address without the port, for logs and throttles
 * @param guests           what its listener does about ids without an account
 * @param guestsBroadcast  whether those may speak to everybody at once
 */
public record Entrance(String remote, Guests guests, boolean guestsBroadcast) {

    /** The rule of a listener for ids without an account (DESIGN section 5). */
    public enum Guests {
        /** They do not come in. */
        NONE,
        /** They come in without a password, unless somebody has the id at the moment. */
        WELCOME,
        /** The same, but a newer guest ends the one who has the id. */
        REPLACE
    }

    /** Of a listener without guests. */
    public static Entrance of(String remote) {
        return new Entrance(remote, Guests.NONE, false);
    }
}
