package io.parley.dev;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server of an earlier run whose JVM was killed. It is being ended by its supervisor; the next start on its directory
 * must wait for that, or the two fight over files and locks.
 */
final class Leftover {

    /** A little more than the supervisor's own patience. */
    private static final int PATIENCE_SECONDS = 12;

    private Leftover() {}

    /**
     * Returns when the process that wrote this file is gone. The caller holds the directory's lock, so its JVM is dead.
     */
    static void end(Path pidFile) throws IOException {
        Optional<ProcessHandle> leftover = find(pidFile);
        if (leftover.isPresent()) {
            ProcessHandle process = leftover.get();
            if (!gone(process)) {
                process.destroyForcibly();
                if (!gone(process)) {
                    throw new IOException("process " + process.pid() + " of an earlier run does not end; " + pidFile);
                }
            }
        }
        Files.deleteIfExists(pidFile);
    }

    private static Optional<ProcessHandle> find(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        String pid = Files.readString(pidFile).strip();
        if (!pid.matches("\\d{1,9}")) { // Empty: killed before it was written
            return Optional.empty();
        }
        // A pid is used again for strangers. Ours started before its pid was written, a stranger later; the two clocks
        // differ by less than the second that is allowed here.
        Instant written = Files.getLastModifiedTime(pidFile).toInstant();
        return ProcessHandle.of(Long.parseLong(pid)).filter(process -> process.info()
                .startInstant()
                .filter(started -> started.isBefore(written.plusSeconds(1)))
                .isPresent());
    }

    private static boolean gone(ProcessHandle process) throws IOException {
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (ExecutionException unknown) {
            throw new IOException("cannot wait for process " + process.pid(), unknown);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for process " + process.pid());
        }
    }
}
