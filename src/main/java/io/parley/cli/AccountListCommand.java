package io.parley.cli;

import io.parley.auth.Account;
import io.parley.auth.AccountAdmin;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parley account list}: a table for people, tabs for scripts. */
@Command(
        name = "list",
        description = {
            "List all accounts.",
            "By their ids: id, name, roles, state. In columns on a terminal; elsewhere",
            "separated by tabs, one line an account."
        },
        footer = {
            "",
            "Examples:",
            "  parley account list --conf conf/parley.json",
            "  parley account list --conf conf/parley.json | cut -f1 > ids"
        })
final class AccountListCommand implements Callable<Integer> {

    /** Also how many rows a table is aligned over: the accounts never are in memory all together. */
    private static final int PAGE = 500;

    @Spec
    private CommandSpec spec;

    @Mixin
    private AccountStore store;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Consumer<List<List<String>>> print = Terminal.console() == null
                ? page -> page.forEach(row -> out.println(String.join("\t", row)))
                : page -> Table.lines(page).forEach(out::println);
        store.with(admin -> pages(admin, "", print));
        out.flush();
        return 0;
    }

    private Future<Void> pages(AccountAdmin admin, String after, Consumer<List<List<String>>> print) {
        return admin.page(after, PAGE).compose(page -> {
            print.accept(page.stream().map(this::row).toList());
            return page.size() < PAGE
                    ? Future.succeededFuture()
                    : pages(admin, page.get(page.size() - 1).id(), print);
        });
    }

    private List<String> row(Account account) {
        return List.of(
                PlainText.of(account.id()),
                PlainText.of(account.name()),
                PlainText.of(String.join(",", account.roles().stream().sorted().toList())),
                Messages.of(spec).text(account.disabled() ? "account.state.disabled" : "account.state.enabled"));
    }
}
