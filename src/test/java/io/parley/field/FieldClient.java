package io.parley.field;

import io.parley.testkit.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client as they exist in the field, in Python: what it is typed goes to it, what it prints is read line by line. */
final class FieldClient implements AutoCloseable {

    private static final Path CLIENTS = Path.of("src", "test", "resources", "clients");

    private final Process process;
    private final Writer input;
    private final List<String> printed = new CopyOnWriteArrayList<>();

    /** @param script the name of its file without the ending */
    FieldClient(String script, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("python3", CLIENTS.resolve(script + ".py").toString()));
        command.addAll(List.of(arguments));
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
        input = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, script);
        reader.setDaemon(true);
        reader.start();
    }

    /** Whether this machine has what they need. */
    static boolean canRun() {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    private void read() {
        try (BufferedReader from = process.inputReader(StandardCharsets.UTF_8)) {
            from.lines().forEach(printed::add);
        } catch (IOException | UncheckedIOException closed) {
            // By this test, or with the process
        }
    }

    void type(String... lines) {
        try {
            for (String line : lines) {
                input.write(line + "\n");
            }
            input.flush();
        } catch (IOException ended) {
            throw new AssertionError("it has ended and printed " + printed, ended);
        }
    }

    void endInput() {
        try {
            input.close();
        } catch (IOException ended) {
            throw new AssertionError("it has ended and printed " + printed, ended);
        }
    }

    List<String> printed() {
        return List.copyOf(printed);
    }

    /** Waits until a line has this part. */
    void awaitLine(String part) {
        Eventually.holds(() -> part + " in " + printed, () -> printed.stream().anyMatch(line -> line.contains(part)));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
