package io.parley.mysql;

import io.parley.config.MySqlConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded pool of connections to MySQL that outlives outages of the server.
 *
 * <p>Opening it connects nothing. Every query ends within the configured time, the wait for a connection included.
 * Failures pass through as they are; who asks on behalf of a client turns them into a refusal. An outage is one warn as
 * it begins and one info as it ends: from the first failure on, MySQL is asked {@code SELECT 1} until it answers, so
 * that the end is seen without traffic too.
 *
 * <p>Safe for use by several verticles.
 */
public final class MySqlPool {

    private static final Logger log = LoggerFactory.getLogger(MySqlPool.class);

    private static final Duration FIRST_PROBE = Duration.ofMillis(250);
    private static final Duration LAST_PROBE = Duration.ofSeconds(5);
    private static final Duration JUST_NOW = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final MySqlConfig config;
    private final Pool pool;

    /** Whether an outage is going on that was said. */
    private final AtomicBoolean down = new AtomicBoolean();

    private volatile long answeredAt = System.nanoTime() - JUST_NOW.toNanos();

    private volatile boolean closed;

    private MySqlPool(Vertx vertx, MySqlConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.pool = MySQLBuilder.pool()
                .with(MySqlOptions.pool(config))
                .with(MySqlOptions.transport())
                .connectingTo(MySqlOptions.connection(config))
                .using(vertx)
                .build();
    }

    /** Reads the CA file, if one is configured, at the first connection; connects nothing yet. */
    public static MySqlPool open(Vertx vertx, MySqlConfig config) {
        return new MySqlPool(vertx, config);
    }

    /** One statement with {@code ?} for each parameter. */
    public Future<RowSet<Row>> query(String sql, Tuple parameters) {
        return bounded(pool.preparedQuery(sql).execute(parameters));
    }

    /** Runs {@code work} in a transaction: committed when its future succeeds, rolled back when it fails. */
    public <T> Future<T> transaction(Duration limit, Function<SqlConnection, Future<T>> work) {
        return observed(pool.withTransaction(work).timeout(limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    /**
     * Completes when MySQL answers; at once when it has just answered somebody, so that a pool that is busy, and would
     * let the question wait, is not taken for a server that is down.
     */
    public Future<Void> answers() {
        return System.nanoTime() - answeredAt < JUST_NOW.toNanos() ? Future.succeededFuture() : ping();
    }

    public Future<Void> close() {
        closed = true;
        return pool.close();
    }

    private Future<Void> ping() {
        return bounded(pool.query("SELECT 1").execute()).mapEmpty();
    }

    private <T> Future<T> bounded(Future<T> answer) {
        return observed(answer.timeout(config.queryTimeout().toMillis(), TimeUnit.MILLISECONDS));
    }

    private <T> Future<T> observed(Future<T> answer) {
        return answer.onComplete(done -> {
            if (done.succeeded() || isAnswer(done.cause())) {
                answeredAt = System.nanoTime();
                ends();
            } else {
                begins(done.cause());
            }
        });
    }

    /**
     * SQLSTATE classes 22 (bad value) and 23 (duplicate, foreign key) say something about the data: the server is well.
     */
    private static boolean isAnswer(Throwable failure) {
        return failure instanceof MySQLException said
                && said.getSqlState() != null
                && (said.getSqlState().startsWith("22") || said.getSqlState().startsWith("23"));
    }

    private void begins(Throwable cause) {
        if (!closed && down.compareAndSet(false, true)) {
            log.warn("mysql does not answer host={} port={} cause={}", config.host(), config.port(), cause.toString());
            probe(FIRST_PROBE);
        }
    }

    private void ends() {
        if (down.compareAndSet(true, false)) {
            log.info("mysql answers again host={} port={}", config.host(), config.port());
        }
    }

    /** Once in each outage: whichever query succeeds first ends it, and this loop with it. */
    private void probe(Duration delay) {
        vertx.timer(delay.toMillis(), TimeUnit.MILLISECONDS)
                .compose(fired -> down.get() ? ping() : Future.succeededFuture())
                .onFailure(still -> {
                    if (!closed) {
                        Duration next = delay.multipliedBy(2);
                        probe(next.compareTo(LAST_PROBE) < 0 ? next : LAST_PROBE);
                    }
                });
    }
}
