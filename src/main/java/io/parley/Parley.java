package io.parley;

import io.parley.cli.AccountCommand;
import io.parley.cli.BenchCommand;
import io.parley.cli.CheckCommand;
import io.parley.cli.CompletionCommand;
import io.parley.cli.DevCommand;
import io.parley.cli.ExitCodes;
import io.parley.cli.Failures;
import io.parley.cli.Footers;
import io.parley.cli.HelpCommand;
import io.parley.cli.LoginCommand;
import io.parley.cli.LogoutCommand;
import io.parley.cli.Messages;
import io.parley.cli.MigrateCommand;
import io.parley.cli.Output;
import io.parley.cli.ServeCommand;
import io.parley.cli.Terminal;
import io.parley.cli.TokenCommand;
import io.parley.cli.TypedArguments;
import io.parley.cli.Version;
import io.parley.cli.chat.ChatCommand;
import io.parley.script.ListenCommand;
import io.parley.script.SendCommand;
import java.io.PrintWriter;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ScopeType;

/**
 * The program: one command with subcommands. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, and those of
 * {@link ExitCodes}. Every subcommand inherits {@code --help} and {@code --version}, and throws what it cannot handle:
 * {@link Failures} makes the sentence and the exit code.
 */
@Command(
        name = "parley",
        description = "A messaging node: delivers now, or keeps until the recipient comes back.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        footer = {
            "",
            "Examples:",
            "  parley chat --user 10001 --host chat.example.com",
            "  parley check --conf conf/parley.json",
            "  parley help account import"
        },
        subcommands = {
            DevCommand.class,
            ServeCommand.class,
            CheckCommand.class,
            MigrateCommand.class,
            AccountCommand.class,
            TokenCommand.class,
            ChatCommand.class,
            SendCommand.class,
            BenchCommand.class,
            ListenCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        })
public final class Parley {

    /** They log what happens; the others talk to a person and say what failed, so a log line would say it twice. */
    private static final Set<String> NODES = Set.of("serve", "dev");

    private Parley() {}

    public static void main(String[] args) {
        boolean node = args.length > 0 && NODES.contains(args[0]);
        // Read by logback.xml when the first logger is made, so nothing that logs may be touched before.
        System.setProperty("parley.log.default", node ? "INFO" : "ERROR");
        System.exit(run(Terminal.out(), Terminal.err(), Messages.ofThisPlace(), TypedArguments.of(args)));
    }

    /** One run of the program; returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, Messages messages, String... args) {
        Messages spoken = messages.orAsked(args);
        int code = commandLine(spoken).setOut(out).setErr(err).execute(args);
        // Whatever was printed: who asked for it must not take half of it, or nothing, for all.
        if (code != ExitCode.OK || Output.isTaken(out)) {
            return code;
        }
        err.println(spoken.text("output.lost"));
        return ExitCodes.OUTPUT;
    }

    static CommandLine commandLine(Messages messages) {
        Failures failures = new Failures(messages);
        CommandLine command = new CommandLine(new Parley())
                .setExpandAtFiles(false) // a message may begin with @
                .setResourceBundle(messages.bundle())
                .setParameterExceptionHandler(failures::wrongUsage)
                .setExecutionExceptionHandler(failures::failed);
        Footers.translate(command, messages);
        return command;
    }
}
