package io.parley.auth;

import io.parley.auth.AccountFault.Reason;
import io.parley.auth.ImportProgress.Step;
import io.parley.mysql.MySqlPool;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLBatchException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings the accounts of an {@link AccountFile} into Parley's table: all of them or none, in one transaction. Lines at
 * fault keep all others out, unless they are to be skipped.
 */
final class AccountImport {

    private static final int AT_ONCE = 500;
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final Vertx vertx;
    private final MySqlPool pool;
    private final PasswordHash hash;
    private final BadLines badLines;
    private final ImportProgress progress;

    AccountImport(Vertx vertx, MySqlPool pool, PasswordHash hash, BadLines badLines, ImportProgress progress) {
        this.vertx = vertx;
        this.pool = pool;
        this.hash = hash;
        this.badLines = badLines;
        this.progress = progress;
    }

    Future<Imported> run(Path csv) {
        return vertx.executeBlocking(() -> AccountFile.read(csv, hash))
                // Before the passwords are hashed, so that a file with a taken id fails in a moment.
                .compose(file -> taken(file.good(), file.faults())
                        .compose(taken -> make(
                                file.good().stream()
                                        .filter(line ->
                                                !taken.contains(line.account().id()))
                                        .toList(),
                                file.faults())));
    }

    private Future<Imported> make(List<AccountFile.Line> lines, FoundFaults faults) {
        if (!faults.isEmpty() && badLines == BadLines.STOP) {
            return Future.failedFuture(faults.toException());
        }
        AccountFaults skipped = faults.isEmpty() ? null : faults.toException();
        return vertx.executeBlocking(() -> rows(lines))
                .compose(rows -> pool.transaction(LIMIT, connection -> insert(connection, rows, 0)))
                .recover(failure -> takenMeanwhile(lines, failure))
                .map(inserted -> new Imported(lines.size(), faults.lines(), skipped));
    }

    /** The ids that somebody has already; each is a fault of its line. */
    private Future<Set<String>> taken(List<AccountFile.Line> lines, FoundFaults faults) {
        return takenFrom(lines, 0, new HashSet<>()).onSuccess(taken -> lines.stream()
                .filter(line -> taken.contains(line.account().id()))
                .forEach(line -> faults.add(new AccountFault(
                        Reason.EXISTS, line.number(), line.account().id()))));
    }

    private Future<Set<String>> takenFrom(List<AccountFile.Line> lines, int from, Set<String> taken) {
        if (from >= lines.size()) {
            return Future.succeededFuture(taken);
        }
        List<AccountFile.Line> some = lines.subList(from, Math.min(from + AT_ONCE, lines.size()));
        String marks = String.join(",", Collections.nCopies(some.size(), "?"));
        Tuple ids = Tuple.tuple();
        some.forEach(line -> ids.addString(line.account().id()));
        return pool.query("SELECT id FROM account WHERE id IN (" + marks + ")", ids)
                .compose(rows -> {
                    for (Row row : rows) {
                        taken.add(row.getString(0));
                    }
                    return takenFrom(lines, from + AT_ONCE, taken);
                });
    }

    /** On all cores, as each hash takes tens of milliseconds and a file has thousands. */
    private List<Tuple> rows(List<AccountFile.Line> lines) {
        AtomicInteger done = new AtomicInteger();
        return lines.parallelStream()
                .map(line -> {
                    Tuple row = line.account().row(hash.make(line.account().password()));
                    progress.at(Step.HASHING, done.incrementAndGet(), lines.size());
                    return row;
                })
                .toList();
    }

    private Future<Void> insert(SqlConnection connection, List<Tuple> rows, int from) {
        if (from >= rows.size()) {
            return Future.succeededFuture();
        }
        int to = Math.min(from + AT_ONCE, rows.size());
        return connection
                .preparedQuery(NewAccount.INSERT)
                .executeBatch(rows.subList(from, to))
                .recover(failure -> Future.failedFuture(firstOf(failure)))
                .compose(inserted -> {
                    progress.at(Step.WRITING, to, rows.size());
                    return insert(connection, rows, to);
                });
    }

    /** A batch fails with all that is wrong with its rows; one of them says what it is. */
    private static Throwable firstOf(Throwable failure) {
        return failure instanceof MySQLBatchException batch
                ? batch.getIterationError().values().stream().findFirst().orElse(failure)
                : failure;
    }

    /** Somebody took an id after the look; the transaction was rolled back. */
    private Future<Void> takenMeanwhile(List<AccountFile.Line> lines, Throwable failure) {
        if (!AccountAdmin.isDuplicate(failure)) {
            return Future.failedFuture(failure);
        }
        FoundFaults faults = new FoundFaults();
        return taken(lines, faults)
                .compose(taken -> Future.failedFuture(faults.isEmpty() ? failure : faults.toException()));
    }
}
