package io.parley.auth;

import io.parley.auth.AccountFault.Reason;
import io.parley.mysql.MySqlPool;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Brings the accounts of an {@link AccountFile} into Parley's table, all of them or none. */
final class AccountImport {

    private static final int LOOKED_UP_AT_ONCE = 500;
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final Vertx vertx;
    private final MySqlPool pool;
    private final PasswordHash hash;

    AccountImport(Vertx vertx, MySqlPool pool, PasswordHash hash) {
        this.vertx = vertx;
        this.pool = pool;
        this.hash = hash;
    }

    Future<Integer> run(Path csv) {
        return vertx.executeBlocking(() -> AccountFile.read(csv, hash)).compose(lines -> absent(lines)
                .compose(absent -> vertx.executeBlocking(() -> rows(lines)))
                .compose(this::insert)
                .map(inserted -> lines.size()));
    }

    /** Looked up before the passwords are hashed, so that a file with a taken id fails in a moment. */
    private Future<Void> absent(List<AccountFile.Line> lines) {
        List<AccountFault> taken = new ArrayList<>();
        Future<Void> chain = Future.succeededFuture();
        for (int from = 0; from < lines.size(); from += LOOKED_UP_AT_ONCE) {
            List<AccountFile.Line> some = lines.subList(from, Math.min(from + LOOKED_UP_AT_ONCE, lines.size()));
            chain = chain.compose(before -> taken(some)).map(found -> {
                taken.addAll(found);
                return null;
            });
        }
        return chain.compose(
                all -> taken.isEmpty() ? Future.succeededFuture() : Future.failedFuture(new AccountFaults(taken)));
    }

    private Future<List<AccountFault>> taken(List<AccountFile.Line> some) {
        String marks = String.join(",", Collections.nCopies(some.size(), "?"));
        Tuple ids = Tuple.tuple();
        some.forEach(line -> ids.addString(line.account().id()));
        return pool.query("SELECT id FROM account WHERE id IN (" + marks + ")", ids)
                .map(rows -> {
                    Set<String> found = new HashSet<>();
                    for (Row row : rows) {
                        found.add(row.getString(0));
                    }
                    return some.stream()
                            .filter(line -> found.contains(line.account().id()))
                            .map(line -> new AccountFault(
                                    Reason.EXISTS, line.number(), line.account().id()))
                            .toList();
                });
    }

    /** On all cores, as each hash takes tens of milliseconds and a file has thousands. */
    private List<Tuple> rows(List<AccountFile.Line> lines) {
        return lines.parallelStream()
                .map(line -> line.account().row(hash.make(line.account().password())))
                .toList();
    }

    private Future<?> insert(List<Tuple> rows) {
        return pool.transaction(
                LIMIT, connection -> connection.preparedQuery(NewAccount.INSERT).executeBatch(rows));
    }
}
