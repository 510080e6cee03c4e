package io.parley.redis;

import io.parley.config.RedisConfig;
import io.vertx.core.Vertx;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How a connection to the configured Redis is made; the one place that knows the socket's options. */
final class Endpoint {

    private Endpoint() {}

    static NetClient client(Vertx vertx, RedisConfig config) {
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
        return vertx.createNetClient(options);
    }

    private static Duration silence(RedisConfig config) {
        return config.commandTimeout().multipliedBy(3);
    }
}
