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

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, charset());
    }
}
