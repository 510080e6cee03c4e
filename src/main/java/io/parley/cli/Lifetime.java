package io.parley.cli;

import ch.qos.logback.classic.LoggerContext;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/**
 * Keeps a node running until the process is told to end (SIGTERM, Ctrl-C), then stops it in order and ends with exit
 * code 0. Told a second time, it ends at once, with exit code 1.
 *
 * <p>The stop is awaited inside the JVM's shutdown hook: the JVM ends when its hooks return, whatever is still under
 * way.
 */
final class Lifetime {

    /** What else must end after the node; it may fail, for the JVM ends all the same. */
    interface Afterwards {
        void run() throws Exception;
    }

    private Lifetime() {}

    /**
     * From now on a signal ends it in order; to be called before anybody is told that the node is ready.
     *
     * @param longest  how long that may take
     */
    static void begin(Supplier<Future<Void>> stop, Duration longest, Afterwards afterwards) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, longest, afterwards), "stop"));
    }

    /** Never returns: the process ends in the shutdown hook. */
    static void await() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private static void end(Supplier<Future<Void>> stop, Duration longest, Afterwards afterwards) {
        Logger log = LoggerFactory.getLogger(Lifetime.class);
        SecondSignal.then(() -> {
            log.warn("node ends at once, as it was told a second time");
            Runtime.getRuntime().halt(ExitCode.SOFTWARE);
        });
        int exitCode = ExitCode.OK;
        try {
            stop.get().await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | RuntimeException late) {
            log.error("node not stopped in order", late);
            exitCode = ExitCode.SOFTWARE;
        }
        try {
            afterwards.run();
        } catch (Exception failure) {
            log.error("not everything ended", failure);
        }
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
        // Without this a JVM that was ended by a signal reports the signal, and an orderly stop looks like a failure.
        Runtime.getRuntime().halt(exitCode);
    }
}
