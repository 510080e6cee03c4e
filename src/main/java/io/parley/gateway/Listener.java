package io.parley.gateway;

import io.parley.codec.Codec;
import io.parley.codec.json.JsonCodec;
import io.parley.codec.line.LineCodec;
import io.parley.codec.text.TextCodec;
import io.parley.config.LimitsConfig;
import io.parley.config.ListenerConfig;
import io.parley.config.ListenerConfig.Language;
import io.parley.config.NodeConfig;
import io.parley.tls.ServerCertificate;
import io.parley.tls.ServerEngine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Clock;
import java.util.Locale;
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
     * @param number       which of the node's listeners
     * @param certificate  null when it does not speak TLS
     */
    static Listener of(Vertx vertx, NodeConfig node, int number, ServerCertificate certificate) {
        ListenerConfig config = node.listeners().get(number);
        NetServerOptions options = new NetServerOptions()
                .setHost(config.host())
                // Negative: any free port, the same one for all instances of the verticle that say the same number.
                .setPort(config.port() == 0 ? -1 - number : config.port())
                .setTcpNoDelay(true)
                // People do not ping: without this one who has lost the network would stay for an hour.
                .setTcpKeepAlive(config.codec().isForPeople());
        if (config.tls()) {
            options.setSsl(true)
                    .setSslEngineOptions(ServerEngine.best())
                    .setKeyCertOptions(certificate.options())
                    .setEnabledSecureTransportProtocols(PROTOCOLS)
                    .setSslHandshakeTimeout(node.sessions().verifyTimeout().toMillis())
                    .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        }
        return new Listener(config, codec(config, node.limits()), vertx.createNetServer(options));
    }

    private static Codec codec(ListenerConfig config, LimitsConfig limits) {
        Clock clock = Clock.systemDefaultZone();
        Locale language = config.manner().language() == Language.ZH ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
        return switch (config.codec()) {
            case JSON -> new JsonCodec(limits.maxFrame());
            case TEXT -> new TextCodec(limits.maxFrame(), language, clock);
            case LINE ->
                switch (config.manner().dialect()) {
                    case COMMANDS -> LineCodec.ofCommands(language, clock.getZone());
                    case NICKNAME -> LineCodec.ofNicknames(language, clock.getZone());
                };
        };
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
