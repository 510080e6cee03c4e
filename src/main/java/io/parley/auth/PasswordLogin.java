package io.parley.auth;

import io.parley.bus.Login;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Identity;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;

/**
 * A login with a password: throttle, account, hash, token. An id that nobody has, a disabled account and a wrong
 * password cost the same work and get the same answer.
 */
final class PasswordLogin {

    private final LoginThrottle throttle;
    private final Accounts accounts;
    private final HashPool hashes;
    private final Tokens tokens;
    private final Clock clock;

    PasswordLogin(LoginThrottle throttle, Accounts accounts, HashPool hashes, Tokens tokens, Clock clock) {
        this.throttle = throttle;
        this.accounts = accounts;
        this.hashes = hashes;
        this.tokens = tokens;
        this.clock = clock;
    }

    Future<Identity> login(Login login) {
        Refusal refused = throttle.begin(login.userId(), login.remote());
        if (refused != null) {
            return Future.failedFuture(refused);
        }
        long readAt = clock.millis();
        return accounts.find(login.userId())
                .compose(found -> verified(login, found))
                .onComplete(
                        done -> throttle.end(login.userId(), login.remote(), verdict(done.succeeded(), done.cause())))
                .map(account -> tokens.identity(account, readAt));
    }

    private Future<Account> verified(Login login, Optional<Account> found) {
        return hashes.verify(login.password(), found.orElse(null)).compose(right -> {
            boolean enters = right
                    && found.isPresent()
                    && !found.get().disabled()
                    && !login.password().isEmpty();
            return enters ? Future.succeededFuture(found.get()) : Future.failedFuture(badCredentials());
        });
    }

    static Refusal badCredentials() {
        return new Refusal(ErrorCode.BAD_CREDENTIALS, "user_id and password or token do not belong together");
    }

    private static Boolean verdict(boolean succeeded, Throwable failure) {
        boolean wrong = failure instanceof Refusal refusal && refusal.code() == ErrorCode.BAD_CREDENTIALS;
        return succeeded ? Boolean.TRUE : wrong ? Boolean.FALSE : null;
    }
}
