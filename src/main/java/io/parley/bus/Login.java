package io.parley.bus;

import io.parley.protocol.Entrance;

/**
 * Asks auth who this is; answered by an {@link io.parley.protocol.Identity} or a {@link io.parley.protocol.Refusal}.
 *
 * @param password  null when a token is given
 * @param token     null when a password is given
 * @param entrance  where the client came in, for the throttle, the debug line, and the rule for guests
 */
public record Login(String userId, String password, String token, Entrance entrance) {

    /** The client's address without its port. */
    public String remote() {
        return entrance.remote();
    }

    /** Without the secrets, so that no log line can show them. */
    @Override
    public String toString() {
        return "Login[userId=" + userId + "]";
    }
}
