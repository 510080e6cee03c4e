package io.parley.dev;

import io.parley.config.ConfigFile;
import io.parley.config.MySqlConfig;
import io.parley.config.NodeConfig;
import io.parley.config.RedisConfig;
import io.parley.config.TlsConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The configuration of a node on stores and a certificate of its own, on loopback only: that of {@code parley dev}. */
public final class DevConfig {

    private static final int JSON_TLS_PORT = 7443;
    private static final int TEXT_PORT = 10_000;
    private static final int LINE_PORT = 6697;
    private static final int GUESTS_PORT = 8124;
    private static final int LINE_GUESTS_PORT = 6666;
    private static final int HTTP_PORT = 8080;

    /** Of a cluster's first node; the others' are above it. */
    private static final int CLUSTER_JSON_PORT = 7441;

    private static final int CLUSTER_HTTP_PORT = 8081;

    private static final int CLUSTER_PORT = 5701;
    private static final int BUS_PORT = 5711;

    private DevConfig() {}

    /**
     * What is not named here has its default.
     *
     * @param data        keeps the secret that signs tokens, so that they outlive a restart
     * @param portOffset  added to every port
     */
    public static NodeConfig of(Path data, TlsConfig tls, MySqlConfig mysql, RedisConfig redis, int portOffset)
            throws IOException {
        return ConfigFile.parse(json(data, tls, mysql, redis)
                .put("listeners", listeners(portOffset))
                .put("http", new JsonObject().put("port", HTTP_PORT + portOffset)));
    }

    /** For accounts, and, in the clear, for guests; those of version 0 send nothing while they have nothing to say. */
    private static JsonArray listeners(int portOffset) {
        return new JsonArray()
                .add(listener("json", JSON_TLS_PORT + portOffset))
                .add(listener("text", TEXT_PORT + portOffset)
                        .put("codec", "text")
                        .put("language", "zh"))
                .add(listener("line", LINE_PORT + portOffset).put("codec", "line"))
                .add(listener("guests", GUESTS_PORT + portOffset)
                        .put("tls", false)
                        .put("guests", true)
                        .put("guestsReplace", true)
                        .put("guestsBroadcast", true)
                        .put("idleTimeout", "1h"))
                .add(listener("line-guests", LINE_GUESTS_PORT + portOffset)
                        .put("codec", "line")
                        .put("tls", false)
                        .put("guests", true));
    }

    /**
     * Writes the files {@code node-1.json} and so on, with which {@code parley serve} runs the nodes of one cluster on
     * this machine. They hold passwords, so only their owner may read them.
     *
     * @param portOffset  added to every port
     * @return the files, in order
     */
    public static List<Path> writeCluster(Path data, JsonObject alone, int nodes, int portOffset) throws IOException {
        String members = IntStream.range(0, nodes)
                .mapToObj(i -> "127.0.0.1:" + (CLUSTER_PORT + portOffset + i))
                .collect(Collectors.joining(","));
        JsonObject tls = alone.getJsonObject("tls");
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            JsonObject cluster = new JsonObject()
                    .put("enabled", true)
                    .put("members", members)
                    .put("host", "127.0.0.1")
                    .put("port", CLUSTER_PORT + portOffset + i)
                    .put("busPort", BUS_PORT + portOffset + i)
                    .put("certificate", tls.getString("certificate"))
                    .put("key", tls.getString("key"))
                    .put("ca", tls.getString("certificate"));
            JsonObject node = alone.copy()
                    .put("node", new JsonObject().put("id", "node-" + (i + 1)))
                    .put("listeners", new JsonArray().add(listener("json", CLUSTER_JSON_PORT + portOffset + i)))
                    .put("http", new JsonObject().put("port", CLUSTER_HTTP_PORT + portOffset + i))
                    .put("cluster", cluster);
            Path file = data.resolve("node-" + (i + 1) + ".json");
            Secrets.write(file, node.encodePrettily());
            files.add(file);
        }
        return files;
    }

    /** The same as JSON, without listeners and HTTP: a start for tests that need more than the defaults. */
    public static JsonObject json(Path data, TlsConfig tls, MySqlConfig mysql, RedisConfig redis) throws IOException {
        return new JsonObject()
                .put("node", new JsonObject().put("id", "dev"))
                .put(
                        "tls",
                        new JsonObject()
                                .put(
                                        "certificate",
                                        tls.certificate().toAbsolutePath().toString())
                                .put("key", tls.key().toAbsolutePath().toString()))
                .put(
                        "mysql",
                        new JsonObject()
                                .put("host", mysql.host())
                                .put("port", mysql.port())
                                .put("database", mysql.database())
                                .put("user", mysql.user())
                                .put("password", mysql.password())
                                .put("tls", mysql.tls().name().toLowerCase(Locale.ROOT)))
                .put("redis", redis(redis))
                .put("auth", new JsonObject().put("token", new JsonObject().put("secret", tokenSecret(data))));
    }

    private static JsonObject redis(RedisConfig redis) {
        JsonObject json = new JsonObject()
                .put("host", redis.host())
                .put("port", redis.port())
                .put("tls", redis.tls());
        return redis.password() == null ? json : json.put("password", redis.password());
    }

    private static JsonObject listener(String name, int port) {
        return new JsonObject()
                .put("name", name)
                .put("codec", "json")
                .put("host", "127.0.0.1")
                .put("port", port)
                .put("tls", true);
    }

    private static String tokenSecret(Path data) throws IOException {
        Path file = Files.createDirectories(data).resolve("token.secret");
        if (!Files.exists(file)) {
            Secrets.write(file, Secrets.password() + Secrets.password());
        }
        return Files.readString(file);
    }
}
