package io.parley.auth;

import io.parley.config.AuthConfig;
import io.parley.config.MySqlConfig;
import io.parley.mysql.MySqlPool;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Accounts for a load test; as a rule nobody can log in as one of them but with a token of ours. */
public final class LoadAccounts {

    private static final String INSERT = "INSERT IGNORE INTO account (id, name, password_hash, roles, created_at)"
            + " VALUES (?, ?, ?, '', UTC_TIMESTAMP(3))";

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int BATCH = 1_000;

    private LoadAccounts() {}

    /**
     * Makes those accounts that are not there, and a token for each, good as long as tokens may be. With a password it
     * computes for tens of milliseconds.
     *
     * @param password of those that are made; null for none
     * @return the tokens, in the order of the ids; fails when the node's configuration cannot sign tokens
     */
    public static Future<List<String>> prepare(
            Vertx vertx, AuthConfig auth, MySqlConfig mysql, List<String> ids, String password) {
        String hash = password == null
                ? noPassword()
                : PasswordHash.of(auth.hashFormat()).make(password);
        MySqlPool pool = MySqlPool.open(vertx, mysql);
        Future<Void> made = Future.succeededFuture();
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<Tuple> rows = ids.subList(from, Math.min(from + BATCH, ids.size())).stream()
                    .map(id -> Tuple.of(id, id, hash))
                    .toList();
            made = made.compose(before -> pool.transaction(
                            LIMIT,
                            connection -> connection.preparedQuery(INSERT).executeBatch(rows))
                    .mapEmpty());
        }
        return made.eventually(pool::close).compose(there -> tokens(vertx, auth, ids));
    }

    /** No hash of a hashing format, and where passwords are kept plain nobody knows it. */
    private static String noPassword() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static Future<List<String>> tokens(Vertx vertx, AuthConfig auth, List<String> ids) {
        Clock clock = Clock.systemUTC();
        return Tokens.open(vertx, auth.token(), clock).map(tokens -> {
            long now = clock.millis();
            List<String> signed = new ArrayList<>();
            for (String id : ids) {
                Account account = new Account(id, id, null, Set.of(), false);
                signed.add(tokens.sign(tokens.claims(account, now, auth.token().ttl())));
            }
            return signed;
        });
    }
}
