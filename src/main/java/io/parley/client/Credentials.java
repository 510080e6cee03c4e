package io.parley.client;

import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Refusal;

/**
 * How to log in the next time: with the newest token, as it costs the node no password hash; with the password when
 * there is no token or it was refused.
 */
final class Credentials {

    private final String user;
    private final String password;
    private String token;

    Credentials(ClientOptions options) {
        this.user = options.user();
        this.password = options.password();
        this.token = options.token();
    }

    Command.Verify first() {
        return token == null ? new Command.Verify(user, password, null) : new Command.Verify(user, null, token);
    }

    /** What to try after this refusal on the same connection; null when there is nothing else. */
    Command.Verify next(Refusal refusal) {
        if (refusal.code() != ErrorCode.BAD_CREDENTIALS || token == null || password == null) {
            return null;
        }
        token = null;
        return first();
    }

    void verified(Event.Verified verified) {
        if (verified.token() != null) {
            token = verified.token();
        }
    }
}
