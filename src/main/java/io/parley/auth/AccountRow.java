package io.parley.auth;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads an {@link Account} from a row of whatever table there is: ids and names may be numbers, text or bytes, roles
 * and the disabled mark may be absent.
 */
final class AccountRow {

    private AccountRow() {}

    static Account read(Row row) {
        String id = text(row, "id");
        String name = text(row, "name");
        return new Account(id, name == null ? id : name, text(row, "password_hash"), roles(row), isDisabled(row));
    }

    private static String text(Row row, String column) {
        Object value = row.getColumnIndex(column) < 0 ? null : row.getValue(column);
        if (value == null) {
            return null;
        }
        // BINARY and VARBINARY columns arrive as bytes.
        return value instanceof Buffer bytes ? bytes.toString() : value.toString();
    }

    private static Set<String> roles(Row row) {
        String listed = text(row, "roles");
        return listed == null ? Set.of() : roles(listed);
    }

    /** Comma separated; spaces around a role do not count. */
    static Set<String> roles(String listed) {
        return Arrays.stream(listed.split(","))
                .map(String::strip)
                .filter(role -> !role.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Absent, null, zero and false mean no. Whatever else stands there, a time for example, means yes: fail closed. */
    private static boolean isDisabled(Row row) {
        return isYes(row, "disabled") || isYes(row, "disabled_at");
    }

    private static boolean isYes(Row row, String column) {
        String value = text(row, column);
        return value != null && !Set.of("", "0", "false").contains(value.toLowerCase(Locale.ROOT));
    }
}
