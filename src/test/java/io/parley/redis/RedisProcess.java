package io.parley.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.RedisConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server as a child process that a test may kill, freeze, and start again on the same port and files. */
public final class RedisProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Path binary;
    private static RedisProcess shared;

    private final Path directory;
    private final int port;
    private final List<String> settings;
    private Process process;

    private RedisProcess(List<String> settings) throws IOException {
        this.directory = Files.createTempDirectory("parley-redis");
        this.port = freePort();
        this.settings = settings;
    }

    /** One for all tests of this JVM that do it no harm. */
    public static synchronized RedisProcess shared() {
        if (shared == null) {
            shared = with();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** @param settings as on the command line, for example {@code "--appendonly", "yes"} */
    public static RedisProcess with(String... settings) {
        try {
            RedisProcess redis = new RedisProcess(List.of(settings));
            redis.start();
            return redis;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return port;
    }

    public RedisConfig config() {
        return config(Duration.ofSeconds(2), 20_000);
    }

    public RedisConfig config(Duration commandTimeout, int maxWaiting) {
        return new RedisConfig("127.0.0.1", port, null, null, false, null, commandTimeout, maxWaiting, 0);
    }

    /** Again, after {@link #kill}. */
    public void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(binary().toString(), "--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--dir", directory.toString()));
        command.addAll(settings);
        Path log = directory.resolve("log");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!answers()) {
            assertThat(process.isAlive()).as(() -> read(log)).isTrue();
            assertThat(Instant.now()).as("redis-server starts").isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    /** SIGKILL; it is gone when this returns. */
    public void kill() {
        process.destroyForcibly();
        waitFor(process);
    }

    /** SIGSTOP: connected, and silent. */
    public void freeze() {
        signal("-STOP");
    }

    /** SIGCONT. */
    public void thaw() {
        signal("-CONT");
    }

    @Override
    public void close() {
        kill();
    }

    private void signal(String name) {
        try {
            waitFor(new ProcessBuilder("kill", name, Long.toString(process.pid())).start());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the server answers a PING; it does not while it still loads its files. */
    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void waitFor(Process process) {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static synchronized Path binary() throws IOException {
        if (binary == null) {
            Path directory = Files.createTempDirectory("parley-redis-binary");
            binary = ExecutableProvider.newJarResourceProvider(directory.toFile())
                    .get()
                    .toPath();
        }
        return binary;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
