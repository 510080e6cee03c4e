package io.parley.dev;

import io.parley.auth.AccountAdmin;
import io.parley.auth.NewAccount;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The accounts that {@code parley dev} begins with. */
public final class DevAccounts {

    public static final String PASSWORD = "123456";

    private static final List<NewAccount> ALL =
            List.of(account("10001", "张三"), account("10002", "李四"), account("10003", "王五"), account("10004", "赵六"));

    private DevAccounts() {}

    /** Adds them to an account table that has none at all: whoever removed or renamed one meant it. */
    public static Future<Void> addTo(AccountAdmin admin) {
        return admin.page("", 1).compose(found -> found.isEmpty() ? addAll(admin) : Future.succeededFuture());
    }

    private static Future<Void> addAll(AccountAdmin admin) {
        return Future.all(ALL.stream().map(admin::add).toList()).mapEmpty();
    }

    /** Ids and names, for the line that greets a newcomer. */
    public static String list() {
        return ALL.stream().map(account -> account.id() + " " + account.name()).collect(Collectors.joining(", "));
    }

    private static NewAccount account(String id, String name) {
        return new NewAccount(id, name, PASSWORD, Set.of());
    }
}
