package io.parley.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** In which there is a client under {@code src/clients}. */
enum Language {
    PYTHON(
            "python/parley.py",
            List.of("python3"),
            List.of("-c", "import sys; sys.exit(sys.version_info < (3, 9))"),
            List.of("-B", "-m", "unittest", "test_parley.py")),
    JAVASCRIPT(
            "javascript/parley.mjs",
            List.of("node"),
            List.of("-e", "process.exit(Number(process.versions.node.split('.')[0] < 18))"),
            List.of("--test", "parley.test.mjs"));

    private static final int PATIENCE_SECONDS = 60;

    private final Path client;
    private final List<String> interpreter;
    private final List<String> check;
    private final List<String> selfTest;

    Language(String client, List<String> interpreter, List<String> check, List<String> selfTest) {
        this.client = Path.of("src/clients", client).toAbsolutePath();
        this.interpreter = interpreter;
        this.check = check;
        this.selfTest = selfTest;
    }

    /** Skips the test where the interpreter is missing or too old. */
    void assumePresent() {
        assumeTrue(isPresent(), interpreter.get(0) + " is not there, or too old");
    }

    private boolean isPresent() {
        try {
            return code(builder(check).start()) == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** A command line for the client with these arguments. */
    ProcessBuilder client(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(client.toString()));
        all.addAll(arguments);
        return builder(all);
    }

    ProcessBuilder selfTest() {
        return builder(selfTest).directory(client.getParent().toFile()).redirectErrorStream(true);
    }

    private ProcessBuilder builder(List<String> arguments) {
        List<String> command = new ArrayList<>(interpreter);
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    static int code(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it has not ended");
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
