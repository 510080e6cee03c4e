package io.parley.cli;

import io.parley.auth.Account;
import io.parley.auth.AccountDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parley account show}: everything about one account that is no secret. */
@Command(
        name = "show",
        description = {
            "Show one account.",
            "As a login would find it, without its password; also by a query of your own",
            "(auth.accountQuery)."
        },
        footer = {"", "Examples:", "  parley account show ann --conf conf/parley.json"})
final class AccountShowCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private AccountStore store;

    @Mixin
    private UserIdArgument user;

    @Override
    public Integer call() {
        AccountDetails details = store.with(admin -> admin.details(user.id()));
        Table.lines(rows(details, Messages.of(spec))).forEach(spec.commandLine().getOut()::println);
        return 0;
    }

    private static List<List<String>> rows(AccountDetails details, Messages messages) {
        Account account = details.account();
        String roles = String.join(", ", account.roles().stream().sorted().toList());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(messages.text("account.show.id"), PlainText.of(account.id())));
        rows.add(List.of(messages.text("account.show.name"), PlainText.of(account.name())));
        rows.add(List.of(
                messages.text("account.show.roles"),
                roles.isEmpty() ? messages.text("account.show.none") : PlainText.of(roles)));
        rows.add(List.of(messages.text("account.show.state"), state(details, messages)));
        rows.add(List.of(
                messages.text("account.show.password"),
                messages.text(account.passwordHash() == null ? "account.show.tokens_only" : "account.show.set")));
        if (details.createdAt() != null) {
            rows.add(List.of(messages.text("account.show.created"), Moment.text(details.createdAt())));
        }
        return rows;
    }

    private static String state(AccountDetails details, Messages messages) {
        if (details.disabledAt() != null) {
            return messages.text("account.show.disabled", Moment.text(details.disabledAt()));
        }
        return messages.text(details.account().disabled() ? "account.state.disabled" : "account.state.enabled");
    }
}
