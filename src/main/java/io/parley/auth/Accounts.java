package io.parley.auth;

import io.parley.config.AuthConfig;
import io.parley.mysql.MySqlPool;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.parley.protocol.UserId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds accounts in MySQL: in Parley's own table, or by the query of {@link AuthConfig#accountQuery} in a table that
 * exists already.
 */
final class Accounts {

    private static final Logger log = LoggerFactory.getLogger(Accounts.class);

    private static final String OWN = "SELECT id, name, password_hash, roles, disabled_at FROM account WHERE id = ?";
    private static final List<String> NEEDED = List.of("id", "name", "password_hash");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final MySqlPool pool;
    private final String query;

    Accounts(MySqlPool pool, AuthConfig config) {
        this.pool = pool;
        this.query = config.accountQuery() == null ? OWN : config.accountQuery();
    }

    /** Asks for an id that nobody has, so that a query that cannot work stops the start and not the first login. */
    Future<Void> check() {
        return pool.query(query, Tuple.of("0")).compose(rows -> {
            List<String> missing = new ArrayList<>(NEEDED);
            missing.removeAll(rows.columnsNames());
            return missing.isEmpty()
                    ? Future.succeededFuture()
                    : Future.failedFuture(new IllegalStateException(
                            "auth.accountQuery must yield the columns id, name and password_hash; missing: "
                                    + missing));
        });
    }

    /**
     * The account with this id, disabled ones included; empty when there is none.
     * Fails with {@code unavailable} when MySQL cannot tell.
     */
    Future<Optional<Account>> find(String userId) {
        if (!UserId.isValid(userId)) {
            return Future.succeededFuture(Optional.empty());
        }
        return pool.query(query, Tuple.of(userId))
                .recover(failure -> {
                    log.debug("account not looked up uid={} cause={}", userId, failure.toString());
                    return Future.failedFuture(new Refusal(
                            ErrorCode.UNAVAILABLE, "accounts cannot be looked up at the moment", RETRY_AFTER));
                })
                .map(rows -> pick(userId, rows));
    }

    /** The row with exactly this id; without one, the only row that differs in case alone ({@link Account#fold}). */
    private static Optional<Account> pick(String asked, RowSet<Row> rows) {
        List<Account> same = new ArrayList<>();
        for (Row row : rows) {
            Account found = AccountRow.read(row);
            if (asked.equals(found.id())) {
                return Optional.of(found);
            }
            if (UserId.isValid(found.id()) && Account.fold(asked).equals(Account.fold(found.id()))) {
                same.add(found);
            }
        }
        return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
    }
}
