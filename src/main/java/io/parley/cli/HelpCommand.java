package io.parley.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code parley help}: what {@code --help} says, and the manual page. */
@Command(
        name = "help",
        description = {"Explain a command, or list all.", "Or print the manual page."},
        footer = {
            "",
            "Examples:",
            "  parley help account import",
            "  parley help --man | man -l -",
            "  parley help --man > /usr/local/share/man/man1/parley.1"
        })
public final class HelpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--man", description = "Print the manual page of that command and those below it (roff).")
    private boolean man;

    @Parameters(paramLabel = "COMMAND", descriptionKey = "command", description = "The command, as it is typed.")
    private List<String> path = List.of();

    @Override
    public Integer call() {
        CommandLine command = spec.root().commandLine();
        for (String name : path) {
            CommandLine next = command.getSubcommands().get(name);
            if (next == null) {
                throw new UnmatchedArgumentException(command, List.of(name));
            }
            command = next;
        }
        if (man) {
            spec.commandLine().getOut().print(new ManPage(Messages.of(spec)).of(command.getCommandSpec()));
        } else {
            command.usage(spec.commandLine().getOut());
        }
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
