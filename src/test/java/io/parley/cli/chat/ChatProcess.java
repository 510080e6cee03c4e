package io.parley.cli.chat;

import io.parley.Parley;
import io.parley.testkit.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The real program in a process of its own, driven through pipes as a script would. */
final class ChatProcess implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Writer input;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final Thread errors;
    private final Thread output;

    ChatProcess(String... arguments) {
        this(List.of(), arguments);
    }

    /** One whose output nobody reads any more after its first line; its exit code is the last line of its errors. */
    static ChatProcess heardForOneLine(String... arguments) {
        return new ChatProcess(List.of("sh", "-c", "{ \"$@\"; echo exit $? >&2; } | head -n 1", "sh"), arguments);
    }

    private ChatProcess(List<String> shell, String... arguments) {
        List<String> command = new ArrayList<>(shell);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Parley.class.getName(), "chat"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("TERM", "xterm-256color"); // Which must not tempt it to colours
        try {
            process = builder.start();
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
        input = process.outputWriter(StandardCharsets.UTF_8);
        output = read(process.getInputStream(), out);
        errors = read(process.getErrorStream(), err);
    }

    private static Thread read(InputStream stream, List<String> lines) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader from =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        from.lines().forEach(lines::add);
                    } catch (IOException | UncheckedIOException closed) {
                        // By this test, or with the process
                    }
                },
                "chat-output");
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    void type(String... lines) throws IOException {
        for (String line : lines) {
            input.write(line + "\n");
        }
        input.flush();
    }

    void endInput() throws IOException {
        input.close();
    }

    List<String> out() {
        return List.copyOf(out);
    }

    List<String> err() {
        return List.copyOf(err);
    }

    void awaitLine(String part) {
        Eventually.holds(() -> part + " in " + out + err, () -> out.stream().anyMatch(line -> line.contains(part)));
    }

    /** Its exit code; everything that it wrote is there then. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running; out " + out + " err " + err);
        }
        output.join();
        errors.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
