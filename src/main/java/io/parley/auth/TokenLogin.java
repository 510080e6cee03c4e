package io.parley.auth;

import io.parley.bus.Login;
import io.parley.protocol.Identity;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A login with a token: no password hash, no MySQL, one look into Redis. The client gets the same token back and not a
 * fresh one, for else a token would live for ever and its bounded life would bound nothing.
 */
final class TokenLogin {

    private static final Logger log = LoggerFactory.getLogger(TokenLogin.class);

    private final Tokens tokens;
    private final TokenCutoffs cutoffs;

    TokenLogin(Tokens tokens, TokenCutoffs cutoffs) {
        this.tokens = tokens;
        this.cutoffs = cutoffs;
    }

    Future<Identity> login(Login login) {
        return tokens.check(login.token())
                .recover(fault -> refused(login, fault.getMessage()))
                .compose(claims -> isFor(login, claims) ? Future.succeededFuture(claims) : refused(login, "another's"))
                .compose(claims -> cutoffs.allows(claims)
                        .compose(holds -> holds ? Future.succeededFuture(claims) : refused(login, "ended early")))
                .map(claims -> new Identity(
                        claims.userId(),
                        claims.name(),
                        claims.roles(),
                        login.token(),
                        claims.expiresAt(),
                        claims.issuedAt()));
    }

    /** A client need not name itself beside its token; when it does, it must be the same. */
    private static boolean isFor(Login login, Claims claims) {
        return login.userId() == null || Account.fold(login.userId()).equals(Account.fold(claims.userId()));
    }

    private static Future<Claims> refused(Login login, String fault) {
        log.debug("token refused uid={} fault={}", login.userId(), fault);
        return Future.failedFuture(PasswordLogin.badCredentials());
    }
}
