package io.parley.cli;

import io.parley.auth.NewAccount;
import io.parley.config.Units;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parley account}: makes, changes and shows accounts. What it cannot do is thrown; {@link Failures} says it. */
@Command(
        name = "account",
        description = "Make, change and show accounts.",
        subcommands = {AccountImportCommand.class, AccountListCommand.class, AccountShowCommand.class},
        footer = {
            "",
            "Examples:",
            "  parley account add ann --name 'Ann Bee' --conf conf/parley.json",
            "  parley account import accounts.csv --conf conf/parley.json",
            "  parley account list --conf conf/parley.json",
            "  parley account COMMAND --help",
            "",
            "Exit codes: 0 done, 1 not done, 2 wrong usage or configuration."
        })
public final class AccountCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), Messages.of(spec).text("account.what"));
    }

    @Command(
            name = "add",
            description = {"Make an account.", "You are asked for its password."},
            footer = {
                "",
                "Examples:",
                "  parley account add ann --name 'Ann Bee' --conf conf/parley.json",
                "  parley account add bot --name Backup --roles broadcaster \\",
                "      --password-file bot.password --conf conf/parley.json"
            })
    int add(
            @Mixin AccountStore store,
            @Mixin NewPassword password,
            @Parameters(
                            paramLabel = "UID",
                            descriptionKey = "help.new_uid",
                            description = "The user id: what others write to; never changes.")
                    String id,
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "The name that others see.")
                    String name,
            @Option(
                            names = "--roles",
                            defaultValue = "",
                            paramLabel = "ROLES",
                            description = "Comma separated, for example admin,broadcaster.")
                    String roles) {
        store.config();
        NewAccount account = new NewAccount(id, name, password.read(), NewAccount.roles(roles));
        store.with(admin -> admin.add(account));
        return done("account.added", id);
    }

    @Command(
            name = "passwd",
            description = {
                "Give an account a new password.",
                "You are asked for it. Older tokens end at once, and sessions that are connected",
                "with their next heartbeat."
            },
            footer = {
                "",
                "Examples:",
                "  parley account passwd ann --conf conf/parley.json",
                "  parley account passwd ann --password-file new.password --conf conf/parley.json"
            })
    int passwd(@Mixin AccountStore store, @Mixin NewPassword password, @Mixin UserIdArgument user) {
        store.config();
        String fresh = password.read();
        store.with(admin -> admin.passwd(user.id(), fresh));
        return done("account.passwd", user.id(), heartbeat(store));
    }

    @Command(
            name = "disable",
            description = {
                "Keep an account from logging in.",
                "Its tokens end at once, and its session with the next heartbeat. Its mailbox",
                "stays, but nobody can write to it any more."
            },
            footer = {"", "Examples:", "  parley account disable ann --conf conf/parley.json"})
    int disable(@Mixin AccountStore store, @Mixin UserIdArgument user) {
        store.with(admin -> admin.disable(user.id()));
        return done("account.disabled", user.id(), heartbeat(store));
    }

    @Command(
            name = "enable",
            description = {
                "Let a disabled account log in again.",
                "Its password is the old one; its tokens of before stay void."
            },
            footer = {"", "Examples:", "  parley account enable ann --conf conf/parley.json"})
    int enable(@Mixin AccountStore store, @Mixin UserIdArgument user) {
        store.with(admin -> admin.enable(user.id()));
        return done("account.enabled", user.id());
    }

    private static String heartbeat(AccountStore store) {
        return Units.text(store.config().sessions().heartbeat());
    }

    private int done(String key, Object... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = PlainText.of(arguments[i].toString());
        }
        spec.commandLine().getOut().println(Messages.of(spec).text(key, arguments));
        return 0;
    }
}
