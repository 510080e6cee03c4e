package io.parley.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * Where a new password comes from. Never from the command line itself, which every user of the machine can read in the
 * process list and which stays in the shell's history.
 */
final class NewPassword {

    private static final String PROMPT = "prompt";

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--password-file",
            defaultValue = PROMPT,
            paramLabel = "FILE|prompt",
            description = "File whose first line is the password, or `prompt` to be asked (default).")
    private String source;

    /** Taken only to be refused without an echo: an unknown option would be repeated in the error, with its value. */
    @Option(names = "--password", hidden = true, arity = "0..1")
    private void refuse(String password) {
        throw wrong("password.not_here");
    }

    String read() throws IOException {
        return source.equals(PROMPT) ? asked() : firstLine(Path.of(source));
    }

    private String firstLine(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw wrong("password.unreadable", file);
        }
        return Files.readString(file).lines().findFirst().orElse("");
    }

    /** Twice, as nobody sees what was typed. */
    private String asked() {
        Console console = System.console();
        if (console == null) {
            throw wrong("password.no_terminal");
        }
        Messages messages = Messages.of(spec);
        char[] first = console.readPassword("%s ", messages.text("password.new"));
        char[] second = console.readPassword("%s ", messages.text("password.again"));
        if (first == null || !Arrays.equals(first, second)) {
            throw wrong("password.differs");
        }
        return new String(first);
    }

    private ParameterException wrong(String key, Object... arguments) {
        return new ParameterException(spec.commandLine(), Messages.of(spec).text(key, arguments));
    }
}
