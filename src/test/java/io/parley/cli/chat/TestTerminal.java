package io.parley.cli.chat;

import io.parley.testkit.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.ScreenTerminal;
import org.jline.utils.ScreenTerminalOutputStream;

/** A terminal of 80 by 24 that a test types on and whose screen it reads. */
final class TestTerminal {

    static final String ENTER = "\r";
    static final String CTRL_C = "\u0003";
    static final String CTRL_D = "\u0004";
    static final String TAB = "\t";
    static final String UP = "\u001bOA";

    private static final int COLUMNS = 80;
    private static final int ROWS = 24;

    private final ScreenTerminal screen = new ScreenTerminal(COLUMNS, ROWS);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LineDisciplineTerminal terminal;
    private volatile String settings;

    TestTerminal() {
        OutputStream output = new OutputStream() {
            private final OutputStream drawn =
                    new ScreenTerminalOutputStream(screen, StandardCharsets.UTF_8, new ByteArrayOutputStream());

            @Override
            public void write(int b) throws IOException {
                synchronized (written) {
                    written.write(b);
                }
                drawn.write(b);
            }

            @Override
            public void flush() throws IOException {
                drawn.flush();
            }
        };
        try {
            terminal = new LineDisciplineTerminal("test", "xterm-256color", output, StandardCharsets.UTF_8) {
                @Override
                public void setAttributes(Attributes next) {
                    super.setAttributes(next);
                    settings = next.toString();
                }
            };
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        settings = terminal.getAttributes().toString();
        terminal.setSize(Size.of(COLUMNS, ROWS));
    }

    Terminal terminal() {
        return terminal;
    }

    /** What {@code stty} would show; also after the terminal was closed. */
    String settings() {
        return settings;
    }

    void type(String keys) {
        try {
            terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    /** As a terminal sends what is pasted, so that it can be told from what is typed. */
    void paste(String text) {
        type("\u001b[200~" + text.replace('\n', '\r') + "\u001b[201~");
    }

    /** What is on the screen, without what is right of each line's end and below the last. */
    List<String> lines() {
        return Arrays.stream(screen.toString().split("\n"))
                .map(String::stripTrailing)
                .toList();
    }

    /** Whether pasted text is no longer bracketed, which the next program would not understand. */
    boolean isPastingPlain() {
        return written().lastIndexOf("\u001b[?2004l") > written().lastIndexOf("\u001b[?2004h");
    }

    /** Every byte that was ever written, as text. */
    String written() {
        synchronized (written) {
            return written.toString(StandardCharsets.UTF_8);
        }
    }

    void awaitLine(String line) {
        Eventually.holds(
                () -> "on the screen: " + line + "\n" + String.join("\n", lines()), () -> lines().contains(line));
    }

    /** A line with a time before it, which a test cannot know. */
    void awaitMessage(String nameAndText) {
        Eventually.holds(
                () -> "on the screen: " + nameAndText + "\n" + String.join("\n", lines()), () -> lines().stream()
                        .anyMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d  .*")
                                && line.substring(10).equals(nameAndText)));
    }
}
