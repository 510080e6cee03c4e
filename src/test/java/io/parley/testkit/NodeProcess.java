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
 * {@code parley serve} in a JVM of its own, so that a test can kill it as a crash would, stop it as an operator would,
 * and freeze it. It cannot outlive the test's JVM. Configured as a {@link TestNode}; clients trust {@link TestNode#ca}.
 * One thread at a time.
 */
public final class NodeProcess implements AutoCloseable {

    /** Comes after the ports of clients. */
    private static final Pattern HTTP_READY = Pattern.compile(".*http://[^:]+:(\\d+)/metrics");

    private static final int PATIENCE_SECONDS = 120;

    private final Vertx vertx = Vertx.vertx();
    private final AccountAdmin accounts;
    private final Path conf;
    private final int port = Ports.free(1).get(0);
    private final List<String> jvmOptions = new ArrayList<>();
    private ProcessBuilder.Redirect log = ProcessBuilder.Redirect.INHERIT;
    private Process process;
    private volatile int httpPort;

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

    private NodeProcess(JsonObject json) {
        json.getJsonArray("listeners").getJsonObject(0).put("port", port);
        NodeConfig config = ConfigFile.parse(json);
        this.accounts = AccountAdmin.open(vertx, config.auth(), config.mysql(), config.redis());
        try {
            this.conf = Files.createTempFile("parley", ".json");
            Files.writeString(conf, json.encodePrettily());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** One that runs. */
    public static NodeProcess start(MySqlConfig mysql, RedisConfig redis, JsonObject different) {
        NodeProcess node = prepare(mysql, redis, different);
        node.start();
        return node;
    }

    /** One that does not run yet. */
    public static NodeProcess prepare(MySqlConfig mysql, RedisConfig redis, JsonObject different) {
        return new NodeProcess(TestNode.json(mysql, redis, different));
    }

    /** For several on one machine: a small heap, and no time spent on making the code fast. */
    public NodeProcess small() {
        jvmOptions.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        return this;
    }

    /** With an option for its JVM. */
    public NodeProcess with(String jvmOption) {
        jvmOptions.add(jvmOption);
        return this;
    }

    /** Logs to the end of this file as a real node does, rather than to the console as a test. */
    public NodeProcess loggingTo(Path file) {
        jvmOptions.add("-Dlogback.configurationFile=logback.xml");
        log = ProcessBuilder.Redirect.appendTo(file.toFile());
        return this;
    }

    /** Again after {@link #kill} or {@link #terminate}, on the same stores and the same ports. */
    public void start() {
        launch().join();
    }

    /** The same for one that starts while others do; completes when it accepts clients. */
    public CompletableFuture<Void> launch() {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        try {
            process = new ProcessBuilder(command()).redirectError(log).start();
            Process mine = process;
            Thread reader = new Thread(() -> read(mine, ready), "node-output");
            reader.setDaemon(true);
            reader.start();
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
        return ready.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    public int port() {
        return port;
    }

    /** Of health and metrics, in plain HTTP. */
    public int httpPort() {
        return httpPort;
    }

    public void add(List<String> userIds) {
        TestNode.add(accounts, userIds);
    }

    /** {@code kill -9}; comes back when it is dead. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** SIGTERM; comes back with its exit code. Not by {@link Process#destroy}, which would cut the lifeline too. */
    public int terminate() {
        signal("-TERM");
        return awaitExit();
    }

    /** SIGTERM, if it runs; does not wait. */
    public void askToEnd() {
        process.toHandle().destroy();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Comes back with its exit code. */
    public int awaitExit() {
        return process.onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join()
                .exitValue();
    }

    /** SIGSTOP: it keeps its connections and its memory, and does nothing. */
    public void freeze() {
        signal("-STOP");
    }

    /** SIGCONT. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill " + name + " failed");
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
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
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("serve", "--conf", conf.toString()));
        return command;
    }

    /** Until the end, so that the process is never held up by a full pipe. */
    private void read(Process process, CompletableFuture<Void> ready) {
        StringBuilder said = new StringBuilder();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Matcher http = HTTP_READY.matcher(line);
                if (http.matches()) {
                    httpPort = Integer.parseInt(http.group(1));
                    ready.complete(null);
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
