package io.parley.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
    private static final int MAX_BYTES = 4096;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--password-file",
            defaultValue = PROMPT,
            paramLabel = "FILE|prompt",
            descriptionKey = "help.password_file",
            description = "File whose first line is the password, or `prompt` to be asked (default).")
    private String source;

    /** Taken only to be refused without an echo: an unknown option would be repeated in the error, with its value. */
    @Option(names = "--password", hidden = true, arity = "0..1")
    private void refuse(String password) {
        throw wrong("password.not_here");
    }

    String read() {
        return source.equals(PROMPT) ? asked() : firstLine(Path.of(source));
    }

    /** Of no more bytes than any password has: a file that was named by mistake may be endless. */
    private String firstLine(Path file) {
        byte[] bytes;
        try (InputStream stream = Files.newInputStream(file)) {
            bytes = stream.readNBytes(MAX_BYTES);
        } catch (IOException unreadable) {
            throw wrong("password.unreadable", file);
        }
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, end))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw wrong("password.not_text", file);
        }
    }

    /** Twice, as nobody sees what was typed. */
    private String asked() {
        Console console = Terminal.console();
        if (console == null) {
            throw wrong("password.no_terminal");
        }
        Messages messages = Messages.of(spec);
        char[] first = Terminal.secret(console, messages.text("password.new") + " ");
        char[] second = Terminal.secret(console, messages.text("password.again") + " ");
        if (first == null || !Arrays.equals(first, second)) {
            throw wrong("password.differs");
        }
        return new String(first);
    }

    private ParameterException wrong(String key, Object... arguments) {
        return new ParameterException(spec.commandLine(), Messages.of(spec).text(key, arguments));
    }
}
