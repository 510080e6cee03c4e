package io.parley.gateway;

import io.parley.codec.Codec;
import io.parley.codec.json.JsonCodec;
import io.parley.config.LimitsConfig;
import io.parley.config.ListenerConfig;
import io.parley.config.SessionsConfig;
import io.parley.tls.ServerCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listening port with one codec and one TLS setting. */
final class Listener {

    private static final Logger log = LoggerFactory.getLogger(Listener.class);

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

    private final ListenerConfig config;
    private final Codec codec;
    private final NetServer server;

    private Listener(ListenerConfig config, Codec codec, NetServer server) {
        this.config = config;
        this.codec = codec;
        this.server = server;
    }

    /**
     * @param number       which of the node's listeners it is, from 0
     * @param certificate  null when it does not speak TLS
     */
    static Listener of(
            Vertx vertx,
            ListenerConfig config,
            int number,
            ServerCertificate certificate,
            SessionsConfig times,
            LimitsConfig limits) {
        NetServerOptions options = new NetServerOptions()
                .setHost(config.host())
                // Negative: any free port, the same one for all who ask with that number, so one of each listener.
                .setPort(config.port() == 0 ? -1 - number : config.port())
                .setTcpNoDelay(true);
        if (config.tls()) {
            options.setSsl(true)
                    .setSslEngineOptions(
                            OpenSSLEngineOptions.isAvailable() ? new OpenSSLEngineOptions() : new JdkSSLEngineOptions())
                    .setKeyCertOptions(certificate.options())
                    .setEnabledSecureTransportProtocols(PROTOCOLS)
                    .setSslHandshakeTimeout(times.verifyTimeout().toMillis())
                    .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        }
        Codec codec =
                switch (config.codec()) {
                    case JSON -> new JsonCodec(limits.maxFrame());
                    case TEXT, LINE -> throw new UnsupportedOperationException("codec " + config.codec());
                };
        return new Listener(config, codec, vertx.createNetServer(options));
    }

    String name() {
        return config.name();
    }

    /** The port that it got; defined once {@link #open} has succeeded. */
    int port() {
        return server.actualPort();
    }

    /** @param accept gets each new connection, after its TLS handshake */
    Future<NetServer> open(BiConsumer<NetSocket, Codec> accept) {
        return server.connectHandler(socket -> accept.accept(socket, codec))
                .exceptionHandler(failure ->
                        log.debug("handshake failed listener={} error={}", config.name(), failure.toString()))
                .listen()
                .recover(failure -> Future.failedFuture(new IllegalStateException(
                        "listener " + config.name() + " cannot listen on " + config.host() + ":" + config.port() + ": "
                                + failure.getMessage(),
                        failure)));
    }

    /**
     * Serves another certificate to new connections; those that are open go on. One of the instances that share the
     * port is enough: Vert.x hands it to the one that holds it.
     */
    Future<?> renew(ServerCertificate certificate) {
        return config.tls()
                ? server.updateSSLOptions(
                        new ServerSSLOptions()
                                .setKeyCertOptions(certificate.options())
                                .setEnabledSecureTransportProtocols(PROTOCOLS),
                        true)
                : Future.succeededFuture();
    }

    /** Stops accepting; connections that are open stay until their sessions have ended. */
    void close() {
        server.shutdown(1, TimeUnit.HOURS)
                .onFailure(failure -> log.warn("listener not closed listener={}", config.name(), failure));
    }
}
