package io.parley.redis;

import io.parley.config.RedisConfig;
import io.vertx.core.Vertx;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How a connection to the configured Redis is made; the one place that knows the client's options. */
final class Endpoint {

    /** Commands of our own, the handshake and probes, that are not counted against {@link RedisConfig#maxWaiting}. */
    private static final int SPARE = 64;

    /**
     * One connection is in use at a time. The others keep one that is still being torn down from holding up its
     * successor.
     */
    private static final int CONNECTIONS = 4;

    private Endpoint() {}

    static Redis client(Vertx vertx, RedisConfig config) {
        return Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString(
                                (config.tls() ? "rediss://" : "redis://") + config.host() + ':' + config.port())
                        .setUser(config.user())
                        .setPassword(config.password())
                        // RESP3 could bring pushes, and a push robs the oldest command of its reply (VERTX.md section
                        // 4).
                        .setPreferredProtocolVersion(ProtocolVersion.RESP2)
                        .setMaxPoolSize(CONNECTIONS)
                        .setPoolCleanerInterval(-1)
                        .setPoolRecycleTimeout(-1)
                        .setMaxWaitingHandlers(config.maxWaiting() + SPARE)
                        .setNetClientOptions(network(config)));
    }

    private static NetClientOptions network(RedisConfig config) {
        NetClientOptions options = new NetClientOptions()
                .setTcpNoDelay(true)
                .setConnectTimeout((int) config.commandTimeout().toMillis())
                // A polite close waits behind what a stuck server does not read; this cuts it. A healthy connection
                // never
                // meets it, as a Pipeline probes one that has been silent for a third of it.
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout((int) silence(config).toMillis());
        if (config.tls()) {
            options.setSsl(true)
                    .setSslEngineOptions(new JdkSSLEngineOptions())
                    .setHostnameVerificationAlgorithm("HTTPS");
            if (config.ca() != null) {
                options.setTrustOptions(
                        new PemTrustOptions().addCertPath(config.ca().toString()));
            }
        }
        return options;
    }

    private static Duration silence(RedisConfig config) {
        return config.commandTimeout().multipliedBy(3);
    }
}
