package io.parley.bus;

/**
 * Asks auth who this is; answered by an {@link io.parley.protocol.Identity} or a {@link io.parley.protocol.Refusal}.
 *
 * @param password  null when a token is given
 * @param token     null when a password is given
 * @param remote    the client's address without its port, for the throttle and the debug line
 */
public record Login(String userId, String password, String token, String remote) {

    /** Without the secrets, so that no log line can show them. */
    @Override
    public String toString() {
        return "Login[userId=" + userId + "]";
    }
}
