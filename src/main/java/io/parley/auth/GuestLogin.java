package io.parley.auth;

import io.parley.bus.Login;
import io.parley.protocol.Entrance.Guests;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Identity;
import io.parley.protocol.Identity.Standing;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * A login with nothing but an id, on a listener with guests: for ids that no account has, disabled ones included.
 *
 * <p>The answer tells whether an account exists. So an id that has one counts as a wrong password does, for the id and
 * for the address, and nobody learns ids faster here than by guessing passwords. A guest who enters forgives nothing:
 * otherwise entering under ids that are free would wipe out the count.
 */
final class GuestLogin {

    private static final Refusal HAS_ACCOUNT =
            new Refusal(ErrorCode.BAD_CREDENTIALS, "this user_id has an account: verify with its password or a token");

    private final LoginThrottle throttle;
    private final Accounts accounts;
    private final Clock clock;

    GuestLogin(LoginThrottle throttle, Accounts accounts, Clock clock) {
        this.throttle = throttle;
        this.accounts = accounts;
        this.clock = clock;
    }

    Future<Identity> login(Login login) {
        Refusal refused = throttle.begin(login.userId(), login.remote());
        if (refused != null) {
            return Future.failedFuture(refused);
        }
        long readAt = clock.millis();
        return accounts.find(login.userId())
                .onComplete(found -> throttle.end(login.userId(), login.remote(), verdict(found.result())))
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(identity(login, readAt))
                        : Future.failedFuture(HAS_ACCOUNT));
    }

    /** @param found null when MySQL could not tell */
    private static Boolean verdict(Optional<Account> found) {
        return found != null && found.isPresent() ? Boolean.FALSE : null;
    }

    private static Identity identity(Login login, long readAt) {
        Set<String> roles = login.entrance().guestsBroadcast() ? Set.of(Identity.BROADCASTER) : Set.of();
        Standing standing = login.entrance().guests() == Guests.REPLACE ? Standing.REPLACING_GUEST : Standing.GUEST;
        return new Identity(login.userId(), login.userId(), roles, null, 0, readAt, standing);
    }
}
