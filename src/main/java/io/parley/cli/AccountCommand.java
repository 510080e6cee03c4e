package io.parley.cli;

import io.parley.auth.Account;
import io.parley.auth.AccountAdmin;
import io.parley.auth.NewAccount;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parley account}: makes, changes and lists accounts. What it cannot do is thrown; {@link Failures} says it. */
@Command(
        name = "account",
        description = "Make, change and list accounts.",
        footer = {
            "",
            "Examples:",
            "  parley account add ann --name 'Ann Bee' --conf conf/parley.json",
            "  parley account import accounts.csv --conf conf/parley.json",
            "  parley account disable ann --conf conf/parley.json",
            "",
            "Exit codes: 0 done, 1 not done, 2 wrong usage or configuration."
        })
public final class AccountCommand implements Callable<Integer> {

    private static final int PAGE = 500;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), Messages.of(spec).text("account.what"));
    }

    @Command(name = "add", description = "Make an account.")
    int add(
            @Mixin AccountStore store,
            @Mixin NewPassword password,
            @Parameters(paramLabel = "UID", description = "The user id: what others write to.") String id,
            @Option(names = "--name", required = true, description = "The name that others see.") String name,
            @Option(names = "--roles", defaultValue = "", description = "Comma separated, for example broadcaster.")
                    String roles)
            throws IOException {
        NewAccount account = new NewAccount(id, name, password.read(), NewAccount.roles(roles));
        store.with((admin, config) -> admin.add(account));
        return done("account.added", id);
    }

    @Command(
            name = "import",
            description = {
                "Make the accounts of a CSV file, all or none:",
                "id,name,password[,roles], UTF-8, one account a line, several roles in quotes."
            })
    int importFile(
            @Mixin AccountStore store, @Parameters(paramLabel = "FILE.csv", description = "The file.") Path file) {
        return done("account.imported", store.with((admin, config) -> admin.addAll(file)));
    }

    @Command(name = "passwd", description = "Give an account a new password; older tokens end.")
    int passwd(
            @Mixin AccountStore store,
            @Mixin NewPassword password,
            @Parameters(paramLabel = "UID", description = "The user id.") String id)
            throws IOException {
        String fresh = password.read();
        store.with((admin, config) -> admin.passwd(id, fresh));
        return done("account.passwd", id);
    }

    @Command(name = "disable", description = "Keep an account from logging in; its tokens end.")
    int disable(@Mixin AccountStore store, @Parameters(paramLabel = "UID", description = "The user id.") String id) {
        store.with((admin, config) -> admin.disable(id));
        return done("account.disabled", id);
    }

    @Command(name = "list", description = "One line an account: id, name, roles, state; separated by tabs.")
    int list(@Mixin AccountStore store) {
        PrintWriter out = spec.commandLine().getOut();
        Messages messages = Messages.of(spec);
        store.with((admin, config) -> pages(
                admin,
                "",
                account -> out.println(String.join(
                        "\t",
                        account.id(),
                        account.name(),
                        String.join(",", account.roles().stream().sorted().toList()),
                        messages.text(account.disabled() ? "account.state.disabled" : "account.state.enabled")))));
        return 0;
    }

    private static Future<Void> pages(AccountAdmin admin, String after, Consumer<Account> each) {
        return admin.page(after, PAGE).compose(page -> {
            page.forEach(each);
            return page.size() < PAGE
                    ? Future.succeededFuture()
                    : pages(admin, last(page).id(), each);
        });
    }

    private static Account last(List<Account> page) {
        return page.get(page.size() - 1);
    }

    private int done(String key, Object argument) {
        spec.commandLine().getOut().println(Messages.of(spec).text(key, argument));
        return 0;
    }
}
