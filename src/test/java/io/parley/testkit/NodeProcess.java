package io.parley.testkit;

import static io.parley.testkit.TestNode.await;

import io.parley.Parley;
import io.parley.auth.AccountAdmin;
import io.parley.config.ConfigFile;
import io.parley.config.MySqlConfig;
import io.parley.config.NodeConfig;
import io.parley.config.RedisConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code parley serve} in a JVM of its own, so that a test can kill it as a crash would. It cannot outlive the test's
 * JVM. Configured as a {@link TestNode}; clients trust {@link TestNode#ca}.
 */
public final class NodeProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("parley ready.*json=(\\d+).*");
    private static final int PATIENCE_SECONDS = 120;

    private final Vertx vertx = Vertx.vertx();
    private final AccountAdmin accounts;
    private final Path conf;
    private final List<String> options;
    private Process process;
    private int port;

    /** Serves as it is told, and ends when its standard input does. */
    public static final class Main {
        public static void main(String[] arguments) {
            Thread lifeline = new Thread(Main::endWithParent, "lifeline");
            lifeline.setDaemon(true);
            lifeline.start();
            Parley.main(arguments);
        }

        private static void endWithParent() {
            try {
                while (System.in.read() >= 0) {
                    // The parent writes nothing.
                }
            } catch (IOException broken) {
                // The end, too
            }
            Runtime.getRuntime().halt(1);
        }
    }

    private NodeProcess(JsonObject json, List<String> options) {
        this.options = options;
        NodeConfig config = ConfigFile.parse(json);
        this.accounts = AccountAdmin.open(vertx, config.auth(), config.mysql(), config.redis());
        try {
            this.conf = Files.createTempFile("parley", ".json");
            Files.writeString(conf, json.encodePrettily());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** @param options  for its JVM */
    public static NodeProcess start(MySqlConfig mysql, RedisConfig redis, JsonObject different, String... options) {
        NodeProcess node = new NodeProcess(TestNode.json(mysql, redis, different), List.of(options));
        node.start();
        return node;
    }

    /** Again after {@link #kill}, on the same stores; the port may be another. */
    public void start() {
        try {
            process = new ProcessBuilder(command())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            CompletableFuture<Integer> ready = new CompletableFuture<>();
            Process mine = process;
            Thread reader = new Thread(() -> read(mine, ready), "node-output");
            reader.setDaemon(true);
            reader.start();
            port = ready.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    public int port() {
        return port;
    }

    public void add(List<String> userIds) {
        TestNode.add(accounts, userIds);
    }

    /** {@code kill -9}; comes back when it is dead. */
    public void kill() {
        process.destroyForcibly()
                .onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** SIGTERM, and nothing else: {@code Process.destroy} would close its standard input, too. Does not wait. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** When it has ended: its exit code. */
    public CompletableFuture<Integer> exitCode() {
        return process.onExit().thenApply(Process::exitValue);
    }

    @Override
    public void close() {
        kill();
        await(accounts.close());
        await(vertx.close());
        try {
            Files.delete(conf);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("serve", "--conf", conf.toString()));
        return command;
    }

    /** Until the end, so that the process is never held up by a full pipe. */
    private static void read(Process process, CompletableFuture<Integer> ready) {
        StringBuilder said = new StringBuilder();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Matcher matcher = READY.matcher(line);
                if (matcher.matches()) {
                    ready.complete(Integer.valueOf(matcher.group(1)));
                } else if (!ready.isDone()) {
                    said.append(line).append('\n');
                }
            }
        } catch (IOException killed) {
            // Its end
        }
        ready.completeExceptionally(new IllegalStateException("the node did not start: " + said));
    }
}
