package io.parley.dev;

import io.parley.config.RedisConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A real Redis (6.2) as a child process, on the loopback address, with a random password.
 *
 * <p>It keeps its data in an append-only file that is flushed every second: after {@link #kill} everything that it
 * acknowledged is there again, after a power cut at most the last second is lost. One thread at a time.
 */
public final class RedisServer {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final Path program;
    private final Path data;
    private final int port;
    private final String password;
    private final String appendfsync;
    private ChildProcess process;

    private RedisServer(Path program, Path data, int port, String password, String appendfsync) {
        this.program = program;
        this.data = data;
        this.port = port;
        this.password = password;
        this.appendfsync = appendfsync;
    }

    /**
     * On a free port.
     *
     * @param data      what an earlier one kept there is there again
     * @param progress  told what takes seconds
     */
    public static RedisServer start(Path data, Consumer<String> progress) throws IOException {
        return Loopback.onFreePort(port -> start(data, port, progress));
    }

    public static RedisServer start(Path data, int port, Consumer<String> progress) throws IOException {
        return start(data, port, "everysec", progress);
    }

    /**
     * As {@link #start(Path, Consumer)}, but an answer waits until the disk has the write. Otherwise, while the disk is
     * busy, Redis answers up to two seconds before it writes at all, so that even {@link #kill} loses what was
     * answered.
     */
    public static RedisServer startSyncing(Path data, Consumer<String> progress) throws IOException {
        return Loopback.onFreePort(port -> start(data, port, "always", progress));
    }

    private static RedisServer start(Path data, int port, String appendfsync, Consumer<String> progress)
            throws IOException {
        Path program = Binaries.ofUser(data, progress).redis();
        RedisServer server = new RedisServer(program, data, port, Secrets.password(), appendfsync);
        server.launch();
        return server;
    }

    public RedisConfig config() {
        return new RedisConfig(Loopback.HOST, port, null, password, false, null, Duration.ofSeconds(2), 2_048, 0);
    }

    /** Saves what is not saved yet and ends. Idempotent. */
    public void stop() throws IOException {
        process.stop();
    }

    /** As {@code kill -9} or a crash would. Idempotent. */
    public void kill() throws IOException {
        process.kill();
    }

    /** Again on the same port, with the same data and password; stops it first if it runs. */
    public void restart() throws IOException {
        stop();
        launch();
    }

    private void launch() throws IOException {
        Files.createDirectories(data);
        // A file, not arguments, which every user of the machine can read.
        Secrets.write(data.resolve("redis.conf"), """
                bind %s
                port %d
                requirepass %s
                protected-mode yes
                appendonly yes
                appendfsync %s
                save ""
                """.formatted(Loopback.HOST, port, password, appendfsync));
        process = ChildProcess.start("Redis", data, List.of(program.toString(), "redis.conf"));
        process.awaitLogged("Ready to accept connections", START_TIMEOUT);
    }
}
