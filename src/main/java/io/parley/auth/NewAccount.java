package io.parley.auth;

import io.parley.auth.AccountFault.Reason;
import io.parley.protocol.UserId;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An account to be made.
 *
 * @param password  as its owner types it
 */
public record NewAccount(String id, String name, String password, Set<String> roles) {

    static final String INSERT = "INSERT INTO account (id, name, password_hash, roles, created_at)"
            + " VALUES (?, ?, ?, ?, UTC_TIMESTAMP(3))";

    private static final int MAX_NAME = 100;
    private static final int MAX_ROLES = 255;
    private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    public NewAccount {
        roles = Set.copyOf(roles);
    }

    /** Roles as they are written, comma separated. */
    public static Set<String> roles(String listed) {
        return AccountRow.roles(listed);
    }

    /** The values of {@link #INSERT}. */
    Tuple row(String passwordHash) {
        return Tuple.of(id, name, passwordHash, rolesText());
    }

    private String rolesText() {
        return String.join(",", roles.stream().sorted().toList());
    }

    /** @param line for the faults; 0 when there is none */
    List<AccountFault> faults(int line, PasswordHash hash) {
        List<AccountFault> faults = new ArrayList<>();
        if (!UserId.isValid(id)) {
            faults.add(new AccountFault(Reason.BAD_ID, line, UserId.RULE));
        }
        if (name.isBlank()
                || name.codePointCount(0, name.length()) > MAX_NAME
                || name.codePoints().anyMatch(Character::isISOControl)) {
            faults.add(new AccountFault(Reason.BAD_NAME, line, Integer.toString(MAX_NAME)));
        }
        passwordFault(password, line, hash, faults);
        for (String role : roles) {
            if (!ROLE.matcher(role).matches()) {
                faults.add(new AccountFault(Reason.BAD_ROLE, line, ROLE.pattern()));
            }
        }
        if (rolesText().length() > MAX_ROLES) {
            faults.add(new AccountFault(Reason.BAD_ROLE, line, Integer.toString(MAX_ROLES)));
        }
        return faults;
    }

    static void passwordFault(String password, int line, PasswordHash hash, List<AccountFault> faults) {
        if (password.isEmpty()) {
            faults.add(new AccountFault(Reason.NO_PASSWORD, line, ""));
        } else if (password.getBytes(StandardCharsets.UTF_8).length > hash.maxBytes()) {
            faults.add(new AccountFault(Reason.PASSWORD_TOO_LONG, line, Integer.toString(hash.maxBytes())));
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "NewAccount[id=" + id + ", roles=" + roles + "]";
    }
}
