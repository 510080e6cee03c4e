package io.parley.dev;

import io.parley.config.MySqlConfig;
import io.parley.config.RedisConfig;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * The stores of {@code parley dev}: a MariaDB and a Redis of its own under one data directory, kept between runs.
 * Either both run or neither does, and none of them outlives this JVM, however it ends. Whoever started them stops the
 * node first.
 */
public final class DevServices {
    private final MariaDbServer mariaDb;
    private final RedisServer redis;

    private DevServices(MariaDbServer mariaDb, RedisServer redis) {
        this.mariaDb = mariaDb;
        this.redis = redis;
    }

    /**
     * Returns when both accept connections: after some seconds the first time, when programs are unpacked, then within
     * one. Fails when another JVM uses the directory.
     *
     * @param data      where they keep their data; made when it is not there
     * @param progress  gets a line for a person about what is being done; called by several threads
     */
    public static DevServices start(Path data, Consumer<String> progress) throws IOException {
        FutureTask<MariaDbServer> mariaDb =
                inParallel("MariaDB", progress, () -> MariaDbServer.start(data.resolve("mariadb"), progress));
        FutureTask<RedisServer> redis =
                inParallel("Redis", progress, () -> RedisServer.start(data.resolve("redis"), progress));
        MariaDbServer startedMariaDb;
        try {
            startedMariaDb = result(mariaDb);
        } catch (IOException mariaDbFailed) {
            stopAfter(mariaDbFailed, () -> result(redis).stop());
            throw mariaDbFailed;
        }
        try {
            return new DevServices(startedMariaDb, result(redis));
        } catch (IOException redisFailed) {
            stopAfter(redisFailed, startedMariaDb::stop);
            throw redisFailed;
        }
    }

    /** An empty database the first time. */
    public MySqlConfig mysql() {
        return mariaDb.config();
    }

    public RedisConfig redis() {
        return redis.config();
    }

    /** Ends both, each after it has written what it holds; takes about a second. Idempotent. */
    public void stop() throws IOException {
        try {
            redis.stop();
        } finally {
            mariaDb.stop();
        }
    }

    private static <T> FutureTask<T> inParallel(String name, Consumer<String> progress, Callable<T> start) {
        FutureTask<T> task = new FutureTask<>(() -> {
            long begun = System.nanoTime();
            T started = start.call();
            progress.accept("started %s in %.1f s".formatted(name, (System.nanoTime() - begun) / 1e9));
            return started;
        });
        Thread thread = new Thread(task, "start-" + name);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static <T> T result(FutureTask<T> task) throws IOException {
        try {
            return task.get();
        } catch (ExecutionException startFailed) {
            if (startFailed.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(startFailed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the stores start");
        }
    }

    private static void stopAfter(IOException failure, Stopping other) {
        try {
            other.stop();
        } catch (IOException stopFailed) {
            failure.addSuppressed(stopFailed);
        }
    }

    /** Ends one of the two. */
    private interface Stopping {
        void stop() throws IOException;
    }
}
