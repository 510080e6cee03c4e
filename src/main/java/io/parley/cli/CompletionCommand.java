package io.parley.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parley completion}: what a shell needs to complete commands and options; picocli makes it of the model. */
@Command(
        name = "completion",
        description = {
            "Print what makes bash or zsh complete commands, options and files.",
            "The shell must know the program as `parley`: by an alias, a link or a path that",
            "ends so."
        },
        footer = {
            "",
            "Examples:",
            "  source <(parley completion)",
            "  parley completion > ~/.local/share/bash-completion/completions/parley"
        })
public final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        spec.commandLine().getOut().print(AutoComplete.bash(root.getCommandName(), root));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
