package io.parley.protocol;

/**
 * Where an account is connected.
 *
 * @param gateway  event-bus address of the gateway instance that owns the session; no spaces
 * @param session  the session's id: random, never reused; no spaces
 */
public record Location(String gateway, String session) {

    /** As it is kept in Redis: {@code "ADDRESS SESSION"}. */
    public String text() {
        return gateway + ' ' + session;
    }

    /** The inverse of {@link #text()}; null for null, as an absent key is an absent location. */
    public static Location parse(String text) {
        if (text == null) {
            return null;
        }
        int space = text.indexOf(' ');
        return new Location(text.substring(0, space), text.substring(space + 1));
    }
}
