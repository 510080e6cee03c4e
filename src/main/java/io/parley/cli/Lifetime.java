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

/**
 * Keeps a node running until the process is told to end (SIGTERM, Ctrl-C), then stops it in order and ends with exit
 * code 0.
 *
 * <p>The stop is awaited inside the JVM's shutdown hook: the JVM ends when its hooks return, whatever is still under
 * way.
 */
final class Lifetime {

    /** More than a node's own limits add up to. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);

    /** What else must end after the node; it may fail, for the JVM ends all the same. */
    interface Afterwards {
        void run() throws Exception;
    }

    private Lifetime() {}

    /** Never returns: the process ends in the shutdown hook. */
    static void of(Supplier<Future<Void>> stop, Afterwards afterwards) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, afterwards), "stop"));
        new CountDownLatch(1).await();
    }

    private static void end(Supplier<Future<Void>> stop, Afterwards afterwards) {
        Logger log = LoggerFactory.getLogger(Lifetime.class);
        try {
            stop.get().await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | RuntimeException late) {
            log.error("node not stopped in order", late);
        }
        try {
            afterwards.run();
        } catch (Exception failure) {
            log.error("not everything ended", failure);
        }
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
        // Without this a JVM that was ended by a signal reports the signal, and an orderly stop looks like a failure.
        Runtime.getRuntime().halt(0);
    }
}
