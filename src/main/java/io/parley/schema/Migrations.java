package io.parley.schema;

import io.parley.config.MySqlConfig;
import io.parley.mysql.MySqlOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database to the schema of this program: the files of {@code resources/schema}, each once, in order, by one
 * node at a time.
 *
 * <p>What was applied stands in the table {@code schema_migration} with a checksum. A database that is up to date is
 * only read, so a node whose MySQL user may not create tables starts all the same once somebody has applied {@link
 * #print}. Versions that this program does not know (a newer node was here) are left alone: migrations only add, so
 * that nodes of two releases work side by side during a rolling update.
 */
public final class Migrations {

    private static final Logger log = LoggerFactory.getLogger(Migrations.class);

    /** The one table a custom account query replaces. */
    private static final String ACCOUNT = "001_account.sql";

    static final List<String> FILES = List.of(ACCOUNT, "002_group.sql");

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS schema_migration (
                version    INT NOT NULL PRIMARY KEY,
                file       VARCHAR(100) NOT NULL,
                checksum   CHAR(64) NOT NULL,
                applied_at DATETIME(3) NOT NULL
            ) ENGINE = InnoDB""";

    /** Locks are the server's, so the name carries the database; hashed, as MySQL allows 64 characters. */
    private static final String LOCK_NAME = "CONCAT('parley-schema-', MD5(DATABASE()))";

    private static final int NO_SUCH_TABLE = 1146;
    private static final List<Integer> DENIED = List.of(1044, 1142, 1227);

    private final Vertx vertx;
    private final MySqlConfig config;
    private final List<Migration> wanted;
    private final Duration lockWait;

    Migrations(Vertx vertx, MySqlConfig config, List<Migration> wanted, Duration lockWait) {
        this.vertx = vertx;
        this.config = config;
        this.wanted = wanted;
        this.lockWait = lockWait;
    }

    /**
     * @param ownAccounts whether accounts are in Parley's table; false with a custom account query, which skips that
     * file
     */
    public static Migrations of(Vertx vertx, MySqlConfig config, boolean ownAccounts) {
        return new Migrations(vertx, config, wanted(ownAccounts), Duration.ofSeconds(60));
    }

    /** All of it as SQL for a person to run: does no harm when it is run twice, and records what it applied. */
    public static String print(boolean ownAccounts) {
        StringBuilder sql = new StringBuilder(TABLE).append(";\n");
        for (Migration each : wanted(ownAccounts)) {
            sql.append("\n-- ")
                    .append(each.file())
                    .append('\n')
                    .append(each.sql().strip())
                    .append('\n');
            sql.append("""
                    INSERT IGNORE INTO schema_migration (version, file, checksum, applied_at)
                    VALUES (%d, '%s', '%s', UTC_TIMESTAMP(3));
                    """.formatted(each.version(), each.file(), each.checksum()));
        }
        return sql.toString();
    }

    /**
     * The files that it applied, none when the database was up to date. Fails with a {@link SchemaFault}, or as MySQL
     * says.
     */
    public Future<List<String>> apply() {
        return bounded(MySQLConnection.connect(vertx, MySqlOptions.connection(config)), config.queryTimeout())
                .compose(connection -> pending(connection)
                        .compose(pending ->
                                pending.isEmpty() ? Future.succeededFuture(List.<String>of()) : underLock(connection))
                        .eventually(() -> closed(connection)))
                .recover(failure -> Future.failedFuture(explained(failure)));
    }

    private Future<List<String>> underLock(MySQLConnection connection) {
        // The lock ends with the connection too, so a node that dies here blocks nobody.
        return lock(connection)
                .compose(locked -> run(connection, TABLE))
                .compose(made -> pending(connection)) // another node may have finished while this one waited
                .compose(pending -> applyAll(connection, pending))
                .eventually(() -> run(connection, "DO RELEASE_LOCK(" + LOCK_NAME + ")"));
    }

    private Future<Void> lock(MySQLConnection connection) {
        String sql = "SELECT GET_LOCK(" + LOCK_NAME + ", " + lockWait.toSeconds() + ")";
        return bounded(connection.query(sql).execute(), lockWait.plus(config.queryTimeout()))
                .compose(rows -> {
                    Integer got = rows.iterator().next().getInteger(0);
                    return got != null && got == 1
                            ? Future.succeededFuture()
                            : Future.failedFuture(
                                    new SchemaFault(SchemaFault.Reason.LOCKED, lockWait.toSeconds() + " s"));
                });
    }

    private Future<List<Migration>> pending(MySQLConnection connection) {
        String sql = "SELECT version, checksum FROM schema_migration";
        return bounded(connection.query(sql).execute(), config.queryTimeout())
                .map(Migrations::checksums)
                .recover(failure -> failure instanceof MySQLException said && said.getErrorCode() == NO_SUCH_TABLE
                        ? Future.succeededFuture(Map.of())
                        : Future.failedFuture(failure))
                .map(this::notIn);
    }

    private static Map<Integer, String> checksums(RowSet<Row> rows) {
        Map<Integer, String> applied = new HashMap<>();
        rows.forEach(row -> applied.put(row.getInteger(0), row.getString(1)));
        return applied;
    }

    private List<Migration> notIn(Map<Integer, String> applied) {
        for (Migration each : wanted) {
            String checksum = applied.get(each.version());
            if (checksum != null && !checksum.equals(each.checksum())) {
                throw new SchemaFault(SchemaFault.Reason.CHANGED, "schema/" + each.file());
            }
        }
        return wanted.stream()
                .filter(each -> !applied.containsKey(each.version()))
                .toList();
    }

    private Future<List<String>> applyAll(MySQLConnection connection, List<Migration> pending) {
        List<String> done = new ArrayList<>();
        List<Supplier<Future<?>>> steps = new ArrayList<>();
        for (Migration each : pending) {
            each.statements().forEach(statement -> steps.add(() -> run(connection, statement)));
            steps.add(() -> record(connection, each).onSuccess(recorded -> {
                done.add(each.file());
                log.info("schema changed file={} database={}", each.file(), config.database());
            }));
        }
        Future<?> chain = Future.succeededFuture();
        for (Supplier<Future<?>> step : steps) {
            chain = chain.compose(before -> step.get());
        }
        return chain.map(all -> List.copyOf(done));
    }

    private Future<?> record(MySQLConnection connection, Migration applied) {
        Tuple row = Tuple.of(applied.version(), applied.file(), applied.checksum());
        return bounded(
                connection
                        .preparedQuery("INSERT INTO schema_migration (version, file, checksum, applied_at)"
                                + " VALUES (?, ?, ?, UTC_TIMESTAMP(3))")
                        .execute(row),
                config.queryTimeout());
    }

    /** A change of a large table takes its time: an hour, which bounds a server that hangs. */
    private static Future<RowSet<Row>> run(MySQLConnection connection, String sql) {
        return bounded(connection.query(sql).execute(), Duration.ofHours(1));
    }

    /** A server that hangs does not answer the goodbye either; what was done or failed before counts. */
    private Future<Void> closed(MySQLConnection connection) {
        return bounded(connection.close(), config.queryTimeout()).otherwiseEmpty();
    }

    private static <T> Future<T> bounded(Future<T> answer, Duration limit) {
        return answer.timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Throwable explained(Throwable failure) {
        return failure instanceof MySQLException said && DENIED.contains(said.getErrorCode())
                ? new SchemaFault(SchemaFault.Reason.DENIED, said.getMessage())
                : failure;
    }

    private static List<Migration> wanted(boolean ownAccounts) {
        return FILES.stream()
                .filter(file -> ownAccounts || !file.equals(ACCOUNT))
                .map(Migration::read)
                .toList();
    }
}
