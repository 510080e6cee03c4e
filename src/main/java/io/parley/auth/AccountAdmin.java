package io.parley.auth;

import io.parley.auth.AccountFault.Reason;
import io.parley.config.AuthConfig;
import io.parley.config.MySqlConfig;
import io.parley.config.RedisConfig;
import io.parley.config.Units;
import io.parley.mysql.MySqlPool;
import io.parley.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes accounts, for the command line and {@code parley dev}. Fails with {@link AccountFaults}, or as MySQL says.
 *
 * <p>Only Parley's own table is written to; with a custom account query only {@link #details} and {@link #token} work.
 * A new password and a disabled account end all older tokens, and sessions with their next heartbeat.
 */
public final class AccountAdmin {

    private static final Logger log = LoggerFactory.getLogger(AccountAdmin.class);

    private static final int DUPLICATE_ENTRY = 1062;

    private final Vertx vertx;
    private final AuthConfig config;
    private final RedisConfig redis;
    private final MySqlPool pool;
    private final PasswordHash hash;
    private final Clock clock = Clock.systemUTC();

    private AccountAdmin(Vertx vertx, AuthConfig config, MySqlConfig mysql, RedisConfig redis) {
        this.vertx = vertx;
        this.config = config;
        this.redis = redis;
        this.pool = MySqlPool.open(vertx, mysql);
        this.hash = PasswordHash.of(config.hashFormat());
    }

    /** Connects nothing yet. */
    public static AccountAdmin open(Vertx vertx, AuthConfig config, MySqlConfig mysql, RedisConfig redis) {
        return new AccountAdmin(vertx, config, mysql, redis);
    }

    public Future<Void> add(NewAccount account) {
        List<AccountFault> faults = account.faults(0, hash);
        if (!faults.isEmpty()) {
            return Future.failedFuture(new AccountFaults(faults));
        }
        return own().compose(ours -> made(account.password()))
                .compose(made -> pool.query(NewAccount.INSERT, account.row(made)))
                .<Void>mapEmpty()
                .recover(failure ->
                        isDuplicate(failure) ? fault(Reason.EXISTS, account.id()) : Future.failedFuture(failure));
    }

    static boolean isDuplicate(Throwable failure) {
        return failure instanceof MySQLException said && said.getErrorCode() == DUPLICATE_ENTRY;
    }

    /** Adds the accounts of a CSV file ({@code id,name,password[,roles]}), all or none. */
    public Future<Imported> addAll(Path csv, BadLines badLines, ImportProgress progress) {
        return own().compose(ours -> new AccountImport(vertx, pool, hash, badLines, progress).run(csv));
    }

    public Future<Void> passwd(String id, String password) {
        List<AccountFault> faults = new ArrayList<>();
        NewAccount.passwordFault(password, 0, hash, faults);
        if (!faults.isEmpty()) {
            return Future.failedFuture(new AccountFaults(faults));
        }
        return own().compose(ours -> made(password))
                .compose(made -> change("UPDATE account SET password_hash = ? WHERE id = ?", Tuple.of(made, id), id));
    }

    /** A second time changes nothing but ends tokens again. */
    public Future<Void> disable(String id) {
        String sql = "UPDATE account SET disabled_at = COALESCE(disabled_at, UTC_TIMESTAMP(3)) WHERE id = ?";
        return own().compose(ours -> change(sql, Tuple.of(id), id));
    }

    /** The other way round; tokens of before stay void. */
    public Future<Void> enable(String id) {
        return own().compose(ours -> pool.query("UPDATE account SET disabled_at = NULL WHERE id = ?", Tuple.of(id)))
                .compose(changed -> changed.rowCount() == 0 ? fault(Reason.UNKNOWN, id) : Future.succeededFuture());
    }

    /** As a login would find it: by a custom account query, too. */
    public Future<AccountDetails> details(String id) {
        return find(id).compose(found -> config.accountQuery() == null
                ? pool.query("SELECT created_at, disabled_at FROM account WHERE id = ?", Tuple.of(found.id()))
                        .map(rows -> details(found, rows))
                : Future.succeededFuture(new AccountDetails(found, null, null)));
    }

    private Future<Account> find(String id) {
        return new Accounts(pool, config).find(id).compose(found -> found.map(Future::succeededFuture)
                .orElseGet(() -> fault(Reason.UNKNOWN, id)));
    }

    /**
     * Accounts in order of their ids, without their hashes.
     *
     * @param after  the last id of the page before; empty for the first
     */
    public Future<List<Account>> page(String after, int size) {
        String sql = "SELECT id, name, NULL AS password_hash, roles, disabled_at FROM account"
                + " WHERE id > ? ORDER BY id LIMIT ?";
        return own().compose(ours -> pool.query(sql, Tuple.of(after, size))).map(AccountAdmin::accounts);
    }

    /** A token for an account that may log in. */
    public Future<String> token(String id, Duration life) {
        if (life.compareTo(config.token().ttl()) > 0) {
            return fault(Reason.LIFE_TOO_LONG, Units.text(config.token().ttl()));
        }
        long readAt = clock.millis();
        return Tokens.open(vertx, config.token(), clock)
                .compose(tokens -> tokens.canSign()
                        ? find(id).compose(found -> found.disabled()
                                ? fault(Reason.DISABLED, id)
                                : Future.succeededFuture(tokens.sign(tokens.claims(found, readAt, life))))
                        : fault(Reason.CANNOT_SIGN, ""));
    }

    public Future<Void> close() {
        return pool.close();
    }

    private Future<Void> own() {
        return config.accountQuery() == null ? Future.succeededFuture() : fault(Reason.FOREIGN_TABLE, "");
    }

    private Future<String> made(String password) {
        return vertx.executeBlocking(() -> hash.make(password));
    }

    /** The row first and then its tokens: see {@link TokenCutoffs} for why in this order. */
    private Future<Void> change(String sql, Tuple values, String id) {
        return pool.query(sql, values)
                .compose(changed -> changed.rowCount() == 0 ? fault(Reason.UNKNOWN, id) : endTokens(id));
    }

    private Future<Void> endTokens(String id) {
        RedisLink link = RedisLink.open(vertx, redis);
        return link.ready()
                .timeout(redis.commandTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .compose(ready -> new TokenCutoffs(link, clock, config.token().ttl()).cut(id))
                // Done is said in a later millisecond than the cutoff's, so that a login after it gets a token that
                // holds.
                .compose(cut -> vertx.timer(1, TimeUnit.MILLISECONDS))
                .<Void>mapEmpty()
                .eventually(link::close)
                .recover(failure -> {
                    log.debug("tokens not ended uid={} cause={}", id, failure.toString());
                    return fault(Reason.TOKENS_NOT_ENDED, id);
                });
    }

    private static AccountDetails details(Account account, RowSet<Row> rows) {
        RowIterator<Row> found = rows.iterator();
        Row row = found.hasNext() ? found.next() : null;
        return new AccountDetails(account, instant(row, "created_at"), instant(row, "disabled_at"));
    }

    /** The table has UTC. */
    private static Instant instant(Row row, String column) {
        LocalDateTime time = row == null ? null : row.getLocalDateTime(column);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    private static List<Account> accounts(RowSet<Row> rows) {
        List<Account> accounts = new ArrayList<>();
        rows.forEach(row -> accounts.add(AccountRow.read(row)));
        return accounts;
    }

    private static <T> Future<T> fault(Reason reason, String detail) {
        return Future.failedFuture(new AccountFaults(reason, detail));
    }
}
