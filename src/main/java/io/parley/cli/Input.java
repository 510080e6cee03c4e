package io.parley.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;

/** What a person types, or a script pipes in. One for the whole program: it reads ahead. */
public final class Input implements SecretPrompt {

    private final BufferedReader lines;
    private final Console console;

    public Input(BufferedReader lines, Console console) {
        this.lines = lines;
        this.console = console;
    }

    public static Input standard() {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Terminal.charset()));
        return new Input(lines, Terminal.console());
    }

    /** The next line; null at the end. */
    public String line() throws IOException {
        return lines.readLine();
    }

    @Override
    public String secret(String prompt) throws IOException {
        if (console == null) {
            return lines.readLine();
        }
        char[] typed = Terminal.secret(console, prompt);
        return typed == null ? null : new String(typed);
    }
}
