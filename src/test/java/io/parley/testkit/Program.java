package io.parley.testkit;

import io.parley.Parley;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The real program in a JVM of its own, as a shell starts it: with pipes, an exit code, and a configuration directory
 * that is the test's. Its sentences are English.
 */
public final class Program implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path errors;
    private final BufferedReader out;

    private Program(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** What is left of a program that has ended. */
    public record Ended(int code, String out, String err) {}

    /** @param home  where its profiles are, as XDG_CONFIG_HOME */
    public static Program start(Path home, String... arguments) {
        return start(home, ProcessBuilder.Redirect.PIPE, arguments);
    }

    public static Program start(Path home, ProcessBuilder.Redirect out, String... arguments) {
        try {
            Path errors = Files.createTempFile(home, "stderr", ".txt");
            Process process =
                    builder(home, errors, arguments).redirectOutput(out).start();
            return new Program(process, errors);
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    /** To the end, with this as standard input. */
    public static Ended run(Path home, String input, String... arguments) {
        return run(home, input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    public static Ended run(Path home, byte[] input, String... arguments) {
        try (Program program = start(home, arguments)) {
            try (OutputStream stdin = program.input()) {
                stdin.write(input);
            } catch (IOException notRead) {
                // It need not read what it does not want.
            }
            return program.end();
        }
    }

    /** For a pipeline; its output goes where the pipeline leads. */
    public static ProcessBuilder builder(Path home, Path errors, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-Duser.language=en", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Parley.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("XDG_CONFIG_HOME", home.toString());
        return builder;
    }

    public OutputStream input() {
        return process.getOutputStream();
    }

    public Process process() {
        return process;
    }

    /** The next line that it prints; null at the end. */
    public String line() throws IOException {
        return out.readLine();
    }

    /** What it has said on standard error so far. */
    public String err() {
        try {
            return Files.readString(errors);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public void awaitErr(String text) {
        Eventually.holds(() -> "it said " + text + ", but: " + err(), () -> err().contains(text));
    }

    /** Reads the rest of its output and waits for its end. */
    public Ended end() {
        try {
            StringBuilder rest = new StringBuilder();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                rest.append(line).append('\n');
            }
            return new Ended(code(), rest.toString(), err());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public int code() {
        return code(process);
    }

    public static int code(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("it has not ended");
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
