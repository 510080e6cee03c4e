package io.parley.dev;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that runs as a child of this JVM and cannot outlive it, not even when the JVM is killed with {@code kill
 * -9}.
 *
 * <p>Between the two stands a small shell script that reads a pipe from the JVM. When the pipe closes, because {@link
 * #stop} closed it or because the JVM is gone, the script ends the server: SIGTERM, ten seconds later SIGKILL. Script
 * and server have a session of their own where {@code setsid} exists, so Ctrl-C in a terminal reaches only the JVM,
 * which can then drain before it stops its stores.
 *
 * <p>Its directory gets a {@code log} (of this start only), a {@code pid}, a {@code lock} and the script. Not
 * thread-safe.
 */
final class ChildProcess {

    /** The reader of the pipe is a subshell of its own: it does its work even if somebody kills the script itself. */
    private static final String SUPERVISOR = """
            pidfile=$1
            shift
            exec 3<&0 </dev/null
            "$@" 3<&- &
            child=$!
            echo $child >"$pidfile"
            (
              read -r order <&3
              if [ "$order" != kill ]; then
                kill -TERM $child
                tries=0
                while kill -0 $child && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
              fi
              kill -KILL $child
            ) 2>/dev/null &
            reader=$!
            wait $child
            status=$?
            kill $reader
            exit $status
            """;

    /** Longer than the script's ten seconds of patience. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    private static final int LOG_LINES_IN_ERROR = 12;

    private final String name;
    private final Path log;
    private final DirectoryLock lock;
    private final Process supervisor;

    private ChildProcess(String name, Path log, DirectoryLock lock, Process supervisor) {
        this.name = name;
        this.log = log;
        this.lock = lock;
        this.supervisor = supervisor;
    }

    /**
     * Starts it, after a process that an earlier, killed run left in the directory has ended.
     *
     * @param name       for errors, as in "Redis"
     * @param directory  where it runs, from now on for its owner only; fails when a living JVM uses it already
     * @param command    the program by its absolute path, and its arguments
     */
    static ChildProcess start(String name, Path directory, List<String> command) throws IOException {
        Path home = Files.createDirectories(directory).toAbsolutePath();
        // What people wrote to each other is in there.
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        DirectoryLock lock = DirectoryLock.acquire(home);
        try {
            Leftover.end(home.resolve("pid"));
            List<String> supervised = new ArrayList<>();
            if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
                supervised.add("/usr/bin/setsid");
            }
            // A file rather than -c, for whoever looks at the list of processes.
            Files.writeString(home.resolve("supervise"), SUPERVISOR);
            supervised.addAll(List.of("/bin/sh", "supervise", "pid"));
            supervised.addAll(command);
            Path log = home.resolve("log");
            Process process = new ProcessBuilder(supervised)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new ChildProcess(name, log, lock, process);
        } catch (IOException | RuntimeException startFailed) {
            lock.release();
            throw startFailed;
        }
    }

    boolean isAlive() {
        return supervisor.isAlive();
    }

    /** Waits until the log says so; if it does not, stops the process and fails with the end of the log. */
    void awaitLogged(String sentence, Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!logged().contains(sentence)) {
            if (ended(Duration.ofMillis(20)) && !logged().contains(sentence)) {
                lock.release();
                throw new IOException(name + " did not start:\n" + endOfLog());
            }
            if (System.nanoTime() > deadline) {
                kill();
                throw new IOException(name + " was not ready after " + timeout.toSeconds() + " s:\n" + endOfLog());
            }
        }
    }

    /**
     * Waits until it has done its work and ended; fails with the end of its log when it took too long or complained.
     */
    void awaitSuccess(Duration timeout) throws IOException {
        if (!ended(timeout)) {
            kill();
            throw new IOException(name + " did not end within " + timeout.toSeconds() + " s:\n" + endOfLog());
        }
        lock.release();
        if (supervisor.exitValue() != 0) {
            throw new IOException(name + " failed:\n" + endOfLog());
        }
    }

    /** Asks it to end, waits, kills it when it does not. Idempotent. */
    void stop() throws IOException {
        end("");
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. Idempotent. */
    void kill() throws IOException {
        end("kill\n");
    }

    private void end(String order) throws IOException {
        try (var pipe = supervisor.getOutputStream()) {
            pipe.write(order.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException pipeBroken) {
            // The script has ended already, and it ends after the server.
        }
        boolean ended = ended(STOP_TIMEOUT);
        lock.release();
        if (!ended) {
            throw new IOException(name + " does not end; its process is a child of " + supervisor.pid());
        }
    }

    private boolean ended(Duration timeout) throws IOException {
        try {
            return supervisor.waitFor(timeout.toMillis(), MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + name);
        }
    }

    private String logged() throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
    }

    private String endOfLog() throws IOException {
        List<String> lines = logged().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_IN_ERROR), lines.size()))
                + "\n(from " + log + ")";
    }
}
