package io.parley.clients;

import io.parley.testkit.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A running client of another language, at whose keyboard the test sits. */
final class SmallClient implements AutoCloseable {

    private final Process process;
    private final Writer keyboard;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<Thread> readers;

    SmallClient(Language language, String... arguments) {
        try {
            process = language.client(List.of(arguments)).start();
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
        keyboard = process.outputWriter(StandardCharsets.UTF_8);
        readers = List.of(read(process.getInputStream(), lines), read(process.getErrorStream(), errors));
    }

    private static Thread read(InputStream from, List<String> to) {
        Thread reader = new Thread(() -> {
            try (BufferedReader text = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                text.lines().forEach(to::add);
            } catch (IOException | UncheckedIOException killed) {
                // What came before it is there.
            }
        });
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    void type(String line) {
        try {
            keyboard.write(line + "\n");
            keyboard.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** As Ctrl-D does. */
    void endInput() {
        try {
            keyboard.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** What it has printed so far. */
    List<String> lines() {
        return new ArrayList<>(lines);
    }

    void awaitLine(String line) {
        Eventually.holds(() -> "it printed " + line + ", but " + this, () -> lines.contains(line));
    }

    /** How often it has said that it is connected. */
    long connections() {
        return errors.stream().filter(line -> line.startsWith("connected as")).count();
    }

    void awaitConnections(long number) {
        Eventually.holds(() -> number + " connections, but " + this, () -> connections() >= number);
    }

    /** What it has said on standard error so far. */
    String errors() {
        return String.join("\n", errors);
    }

    /** Waits for its end, and for all that it has printed. */
    int code() {
        int code = Language.code(process);
        try {
            for (Thread reader : readers) {
                reader.join();
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        return code;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return lines + " " + errors;
    }
}
