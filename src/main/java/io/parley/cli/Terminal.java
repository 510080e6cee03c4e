package io.parley.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Where the program writes. In the terminal's own character set, and in UTF-8 for a pipe, a file or a terminal that
 * claims to know only ASCII: the JVM would write question marks there for every name that is not English.
 */
public final class Terminal {

    private Terminal() {}

    public static PrintWriter out() {
        return writer(FileDescriptor.out);
    }

    public static PrintWriter err() {
        return writer(FileDescriptor.err);
    }

    public static Charset charset() {
        Console console = System.console();
        return console == null || console.charset().equals(StandardCharsets.US_ASCII)
                ? StandardCharsets.UTF_8
                : console.charset();
    }

    /**
     * The terminal that a person types at; null when the input or the output is none. From Java 22 on there may be a
     * console that is no terminal, and says so in a method that 17 does not have.
     */
    public static Console console() {
        Console console = System.console();
        if (console == null) {
            return null;
        }
        try {
            return Boolean.FALSE.equals(Console.class.getMethod("isTerminal").invoke(console)) ? null : console;
        } catch (ReflectiveOperationException before22) {
            return console;
        }
    }

    /**
     * Asks for what must not be shown; null at the end of the input. The question is ours to write: the console would
     * do it in what it takes for the terminal's character set ({@link #charset}).
     */
    static char[] secret(Console console, String question) {
        PrintWriter out = out();
        out.print(question);
        out.flush();
        return console.readPassword();
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, charset());
    }
}
