package io.parley.auth;

import io.parley.config.AuthConfig.TokenConfig;
import io.parley.config.AuthConfig.TokenConfig.Algorithm;
import io.parley.protocol.Identity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Signs and checks tokens (JWT). Only the configured algorithm has a key here, so a token that names another one, or
 * none, finds no key that it could be right with. A token says no more than that its signer vouched for an account:
 * whether it was ended early is the question of {@link TokenCutoffs}.
 */
final class Tokens {

    /** No honest token is longer; bounds what is decoded before the signature is known to be right. */
    static final int MAX_CHARACTERS = 8_192;

    /** RFC 7518 section 3.2: a key of the size of the hash or larger. */
    private static final int MIN_SECRET_BYTES = 32;

    private final JWTAuth jwt;
    private final JWTOptions signing;
    private final TokenConfig config;
    private final Clock clock;

    private Tokens(Vertx vertx, TokenConfig config, Clock clock, List<PubSecKeyOptions> keys) {
        this.config = config;
        this.clock = clock;
        this.signing = new JWTOptions()
                .setAlgorithm(config.algorithm().name())
                .setIssuer(config.issuer())
                .setAudience(config.audience() == null ? null : List.of(config.audience()))
                // Claims checks all times, in one place and by one clock.
                .setIgnoreExpiration(true)
                .setNoTimestamp(true);
        this.jwt =
                JWTAuth.create(vertx, new JWTAuthOptions().setPubSecKeys(keys).setJWTOptions(signing));
    }

    /** Reads the keys. Fails when they are missing, weak, unreadable, or do not belong together. */
    static Future<Tokens> open(Vertx vertx, TokenConfig config, Clock clock) {
        Future<List<PubSecKeyOptions>> keys =
                config.algorithm() == Algorithm.HS256 ? secret(config) : keyFiles(vertx, config);
        return keys.compose(read -> new Tokens(vertx, config, clock, read).checked());
    }

    private static Future<List<PubSecKeyOptions>> secret(TokenConfig config) {
        byte[] secret = config.secret() == null ? new byte[0] : config.secret().getBytes(StandardCharsets.UTF_8);
        return secret.length < MIN_SECRET_BYTES
                ? Future.failedFuture(new IllegalStateException(
                        "auth.token.secret must have at least " + MIN_SECRET_BYTES + " bytes; it has " + secret.length))
                : Future.succeededFuture(List.of(key(config, Buffer.buffer(secret))));
    }

    private static Future<List<PubSecKeyOptions>> keyFiles(Vertx vertx, TokenConfig config) {
        if (config.publicKey() == null) {
            return Future.failedFuture(
                    new IllegalStateException("auth.token.publicKey is needed for " + config.algorithm()));
        }
        Future<PubSecKeyOptions> checks = file(vertx, config, config.publicKey());
        return config.privateKey() == null
                ? checks.map(List::of)
                : checks.compose(
                        first -> file(vertx, config, config.privateKey()).map(second -> List.of(first, second)));
    }

    private static Future<PubSecKeyOptions> file(Vertx vertx, TokenConfig config, Path pem) {
        return vertx.fileSystem().readFile(pem.toString()).map(text -> key(config, text));
    }

    private static PubSecKeyOptions key(TokenConfig config, Buffer key) {
        return new PubSecKeyOptions().setAlgorithm(config.algorithm().name()).setBuffer(key);
    }

    private Future<Tokens> checked() {
        if (!canSign()) {
            return Future.succeededFuture(this);
        }
        Account probe = new Account("probe", "probe", null, Set.of(), false);
        return signatureHolds(sign(claims(probe, clock.millis(), config.ttl())))
                .<Tokens>map(this)
                .recover(mismatch -> Future.failedFuture(new IllegalStateException(
                        "auth.token.privateKey and auth.token.publicKey do not belong together")));
    }

    /** False when only an application's backend signs. */
    boolean canSign() {
        return config.algorithm() == Algorithm.HS256 || config.privateKey() != null;
    }

    /**
     * What a client gets after its password was found right.
     *
     * @param readAt when the account was read: a change of it after that moment ends the token
     */
    Identity identity(Account account, long readAt) {
        if (!canSign()) {
            return new Identity(account.id(), account.name(), account.roles(), null, 0, readAt);
        }
        Claims claims = claims(account, readAt, config.ttl());
        return new Identity(account.id(), account.name(), account.roles(), sign(claims), claims.expiresAt(), readAt);
    }

    /** @param life at most the configured one */
    Claims claims(Account account, long readAt, Duration life) {
        Duration bounded = life.compareTo(config.ttl()) < 0 ? life : config.ttl();
        // Whole seconds, as the token has it, so that a client is told the exact end.
        long expiresAt = (readAt + bounded.toMillis()) / 1000 * 1000;
        return new Claims(account.id(), account.name(), account.roles(), readAt, expiresAt);
    }

    String sign(Claims claims) {
        return jwt.generateToken(claims.json(), signing);
    }

    /** What the token says; fails, with a sentence for the debug log, when it is not to be trusted. */
    Future<Claims> check(String token) {
        return signatureHolds(token).map(claims -> Claims.read(claims, clock.millis(), config.ttl()));
    }

    private Future<JsonObject> signatureHolds(String token) {
        if (token.length() > MAX_CHARACTERS) {
            return Future.failedFuture(new IllegalArgumentException("longer than " + MAX_CHARACTERS + " characters"));
        }
        // Within compose, as the library throws at some malformed tokens instead of failing its future.
        return Future.succeededFuture(new TokenCredentials(token))
                .compose(jwt::authenticate)
                .map(user -> user.attributes().getJsonObject("accessToken"));
    }
}
