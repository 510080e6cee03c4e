package io.parley.testkit;

import io.parley.Node;
import io.parley.auth.AccountAdmin;
import io.parley.auth.NewAccount;
import io.parley.client.ClientOptions;
import io.parley.config.ConfigFile;
import io.parley.config.MySqlConfig;
import io.parley.config.NodeConfig;
import io.parley.config.RedisConfig;
import io.parley.config.TlsConfig;
import io.parley.dev.DevCertificate;
import io.parley.dev.DevConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A whole node in this JVM, on real stores, listening on free ports. Every account that a test adds has the password
 * {@link #PASSWORD}.
 */
public final class TestNode implements AutoCloseable {

    public static final String PASSWORD = "secret-of-a-test";

    private static final Path DATA = Services.directory("node");
    private static final int PATIENCE_SECONDS = 60;

    private final Vertx vertx;
    private final Node node;
    private final AccountAdmin accounts;
    private final NodeConfig config;
    private Future<Void> stopped;

    /** What a test wants different from the defaults: JSON that is merged into the configuration. */
    public static TestNode start(MySqlConfig mysql, RedisConfig redis, JsonObject different) {
        return new TestNode(ConfigFile.parse(json(mysql, redis, different)));
    }

    /** On the shared Redis and a database of its own. */
    public static TestNode start() {
        return start(Services.database(), Services.redis(), new JsonObject());
    }

    private TestNode(NodeConfig config) {
        this.config = config;
        this.node = await(Node.start(config));
        this.vertx = Vertx.vertx();
        this.accounts = AccountAdmin.open(vertx, config.auth(), config.mysql(), config.redis());
    }

    static JsonObject json(MySqlConfig mysql, RedisConfig redis, JsonObject different) {
        try {
            JsonObject listener = new JsonObject()
                    .put("name", "json")
                    .put("codec", "json")
                    .put("host", "127.0.0.1")
                    .put("port", 0)
                    .put("tls", true);
            // The cheapest hash: what a password costs is not what these tests are about.
            JsonObject cheap = new JsonObject().put("auth", new JsonObject().put("hashFormat", "plain"));
            return DevConfig.json(DATA, certificate(), mysql, redis)
                    .put("listeners", new JsonArray().add(listener))
                    .put("http", new JsonObject().put("port", 0))
                    .mergeIn(cheap, true)
                    .mergeIn(different, true);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static synchronized TlsConfig certificate() throws IOException {
        return DevCertificate.in(DATA);
    }

    /** The file with which clients trust this node. */
    public static Path ca() {
        return DATA.resolve("tls").resolve("server.crt");
    }

    public int port() {
        return node.ports().get("json");
    }

    /** @param listener its name */
    public int port(String listener) {
        return node.ports().get(listener);
    }

    public NodeConfig config() {
        return config;
    }

    /** Of health and metrics, in plain HTTP. */
    public int httpPort() {
        return node.httpPort().getAsInt();
    }

    public void add(String... userIds) {
        add(accounts, List.of(userIds));
    }

    public void add(List<String> userIds) {
        add(accounts, userIds);
    }

    static void add(AccountAdmin accounts, List<String> userIds) {
        for (String id : userIds) {
            await(accounts.add(new NewAccount(id, "Name of " + id, PASSWORD, Set.of())));
        }
    }

    /** How to log in as one of them through any port, a {@link Proxy}'s for instance. */
    public static ClientOptions options(int port, String userId) {
        return ClientOptions.of("localhost", port, userId).trusting(ca()).withPassword(PASSWORD);
    }

    /** The same for a client that comes back at once when its connection is lost. */
    public static ClientOptions restless(int port, String userId) {
        ClientOptions.Patience usual = ClientOptions.Patience.DEFAULT;
        return options(port, userId)
                .with(new ClientOptions.Patience(
                        true,
                        Duration.ofMillis(10),
                        Duration.ofMillis(500),
                        usual.answerTimeout(),
                        usual.loginTimeout(),
                        usual.maxUnanswered()));
    }

    public AccountAdmin accounts() {
        return accounts;
    }

    /** Stops the node, as SIGTERM does; {@link #close} does it too, and waits. */
    public Future<Void> stop() {
        stopped = node.stop();
        return stopped;
    }

    public boolean isStopping() {
        return node.isStopping();
    }

    @Override
    public void close() {
        await(accounts.close());
        await(stopped == null ? node.stop() : stopped);
        await(vertx.close());
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("not in time", late);
        }
    }

    /** Ids that no other test uses. */
    public static List<String> fresh(int number) {
        String run = Long.toString(System.nanoTime(), 36);
        return java.util.stream.IntStream.range(0, number)
                .mapToObj(i -> "u" + i + "-" + run)
                .toList();
    }
}
