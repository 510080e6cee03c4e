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
import java.util.Locale;

/** The configuration of a node on stores and a certificate of its own, on loopback only: that of {@code parley dev}. */
public final class DevConfig {

    private static final int JSON_TLS_PORT = 7443;
    private static final int HTTP_PORT = 8080;

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
                .put("listeners", new JsonArray().add(listener(JSON_TLS_PORT + portOffset)))
                .put("http", new JsonObject().put("port", HTTP_PORT + portOffset)));
    }

    /** The same as JSON, without listeners and HTTP: a start for tests that need more than the defaults. */
    public static JsonObject json(Path data, TlsConfig tls, MySqlConfig mysql, RedisConfig redis) throws IOException {
        return new JsonObject()
                .put("node", new JsonObject().put("id", "dev"))
                .put(
                        "tls",
                        new JsonObject()
                                .put("certificate", tls.certificate().toString())
                                .put("key", tls.key().toString()))
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

    private static JsonObject listener(int port) {
        return new JsonObject()
                .put("name", "json")
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
