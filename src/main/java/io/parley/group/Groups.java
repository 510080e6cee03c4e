package io.parley.group;

import io.parley.mysql.MySqlPool;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.GroupInfo;
import io.parley.protocol.GroupRules;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The groups in MySQL. The ids of accounts come spelt as in their rows. Every method fails with {@code unavailable}
 * when MySQL does not answer; a change is done as a whole or not at all.
 */
final class Groups {

    private static final Logger log = LoggerFactory.getLogger(Groups.class);

    private static final String EXISTS = "SELECT 1 FROM chat_group WHERE id = ?";
    private static final String INSERT_GROUP =
            "INSERT INTO chat_group (id, name, owner_id, created_at) VALUES (?, ?, ?, UTC_TIMESTAMP(3))";

    /** Not IGNORE, which would cut what is too long and pass over what is wrong. */
    private static final String INSERT_MEMBER =
            "INSERT INTO group_member (group_id, account_id, joined_at) VALUES (?, ?, UTC_TIMESTAMP(3))"
                    + " ON DUPLICATE KEY UPDATE joined_at = joined_at";

    private static final String DELETE_MEMBER = "DELETE FROM group_member WHERE group_id = ? AND account_id = ?";
    private static final String MEMBERS = "SELECT account_id FROM group_member WHERE group_id = ?";
    private static final String COUNT = "SELECT COUNT(*) FROM group_member WHERE group_id = ?";

    /** The lock makes changes of one group go one after the other, on whichever node. */
    private static final String LOCK = "SELECT g.owner_id, m.account_id FROM chat_group g LEFT JOIN group_member m"
            + " ON m.group_id = g.id AND m.account_id = ? WHERE g.id = ? FOR UPDATE";

    private static final String LIST = "SELECT g.id, g.name, g.owner_id,"
            + " (SELECT COUNT(*) FROM group_member every WHERE every.group_id = g.id) AS members"
            + " FROM group_member mine JOIN chat_group g ON g.id = mine.group_id"
            + " WHERE mine.account_id = ? ORDER BY g.name, g.id LIMIT ?";

    /** A change of 1,000 members on a slow server. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int DUPLICATE_ENTRY = 1062;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final MySqlPool pool;

    Groups(MySqlPool pool) {
        this.pool = pool;
    }

    Future<Boolean> exists(String group) {
        return refusing(pool.query(EXISTS, Tuple.of(group)).map(rows -> rows.size() > 0));
    }

    /** The members in order; fails with {@code unknown_group}. */
    Future<List<String>> members(String group) {
        return refusing(pool.query(MEMBERS, Tuple.of(group)).compose(rows -> {
            List<String> members = new ArrayList<>(rows.size());
            rows.forEach(row -> members.add(row.getString(0)));
            members.sort(null);
            return members.isEmpty() ? unknown(group) : Future.succeededFuture(List.copyOf(members));
        }));
    }

    /**
     * Makes a group; one with this id that is there already stays as it is.
     *
     * @param members with the owner
     */
    Future<Void> create(String id, String name, String owner, Collection<String> members) {
        Future<Void> made = pool.transaction(LIMIT, connection -> connection
                .preparedQuery(INSERT_GROUP)
                .execute(Tuple.of(id, name, owner))
                .compose(inserted -> each(connection, INSERT_MEMBER, id, members)));
        return refusing(
                made.recover(failure -> failure instanceof MySQLException said && said.getErrorCode() == DUPLICATE_ENTRY
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure)));
    }

    /**
     * Changes who is in a group, on behalf of an account.
     *
     * @return fails with {@code unknown_group}, {@code not_member}, {@code forbidden} or {@code too_many}
     */
    Future<Void> change(String asker, String group, Collection<String> add, Collection<String> remove) {
        return refusing(pool.transaction(LIMIT, connection -> connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(asker, group))
                .compose(rows -> allowed(rows, asker, group, add, remove))
                .compose(may -> each(connection, DELETE_MEMBER, group, remove))
                .compose(removed -> each(connection, INSERT_MEMBER, group, add))
                .compose(added -> counted(connection, group))));
    }

    private static Future<Void> allowed(
            RowSet<Row> rows, String asker, String group, Collection<String> add, Collection<String> remove) {
        if (rows.size() == 0) {
            return unknown(group);
        }
        Row row = rows.iterator().next();
        boolean owner = row.getString(0).equals(asker);
        if (!owner && row.getString(1) == null) {
            return refused(ErrorCode.NOT_MEMBER, "you are not in the group " + group);
        }
        if (owner && remove.contains(asker)) {
            return refused(ErrorCode.FORBIDDEN, "the owner of a group cannot leave it");
        }
        boolean leaves = add.isEmpty() && List.copyOf(remove).equals(List.of(asker));
        return owner || leaves
                ? Future.succeededFuture()
                : refused(ErrorCode.FORBIDDEN, "only its owner may change a group; others may remove themself");
    }

    private static Future<Void> counted(SqlConnection connection, String group) {
        return connection
                .preparedQuery(COUNT)
                .execute(Tuple.of(group))
                .compose(rows -> rows.iterator().next().getLong(0) > GroupRules.MAX_MEMBERS
                        ? refused(ErrorCode.TOO_MANY, "a group has at most " + GroupRules.MAX_MEMBERS + " members")
                        : Future.succeededFuture());
    }

    /** The groups that an account is in, by name. */
    Future<List<GroupInfo>> list(String userId, int limit) {
        return refusing(pool.query(LIST, Tuple.of(userId, limit)).map(rows -> {
            List<GroupInfo> groups = new ArrayList<>(rows.size());
            rows.forEach(row ->
                    groups.add(new GroupInfo(row.getString(0), row.getString(1), row.getString(2), row.getInteger(3))));
            return groups;
        }));
    }

    private static Future<Void> each(
            SqlConnection connection, String statement, String group, Collection<String> userIds) {
        return userIds.isEmpty()
                ? Future.succeededFuture()
                : connection
                        .preparedQuery(statement)
                        .executeBatch(
                                userIds.stream().map(id -> Tuple.of(group, id)).toList())
                        .mapEmpty();
    }

    private static <T> Future<T> refusing(Future<T> answer) {
        return answer.recover(failure -> {
            if (failure instanceof Refusal) {
                return Future.failedFuture(failure);
            }
            log.debug("group not looked up or changed cause={}", failure.toString());
            return Future.failedFuture(
                    new Refusal(ErrorCode.UNAVAILABLE, "groups cannot be looked up at the moment", RETRY_AFTER));
        });
    }

    private static <T> Future<T> unknown(String group) {
        return refused(ErrorCode.UNKNOWN_GROUP, "there is no group " + group);
    }

    private static <T> Future<T> refused(ErrorCode code, String detail) {
        return Future.failedFuture(new Refusal(code, detail));
    }
}
