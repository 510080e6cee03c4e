package io.parley.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Makes TLS connections: knows whom to trust. A client has one of its own; a program with many clients gives them one,
 * so that the authority is read and the TLS library set up once. Belongs to the context of these clients.
 */
public final class TlsNet {

    private final Vertx vertx;
    private final Path ca;
    private final NetClientOptions options;
    private Future<NetClient> client;
    private boolean engineIsProven = true;

    /**
     * With the JDK's engine, on purpose: with OpenSSL a client context fails on JDK 25 (FACTS section 1).
     *
     * @param like  what its clients have in common: the authority to trust, and the answer time-out
     */
    public TlsNet(Vertx vertx, ClientOptions like) {
        int timeoutMillis = (int) like.patience().answerTimeout().toMillis();
        this.vertx = vertx;
        this.ca = like.ca();
        this.options = new NetClientOptions()
                .setSsl(true)
                .setHostnameVerificationAlgorithm("HTTPS")
                .setSslEngineOptions(new JdkSSLEngineOptions())
                .setTcpNoDelay(true)
                .setConnectTimeout(timeoutMillis)
                .setSslHandshakeTimeout(timeoutMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    /**
     * Uses OpenSSL, which allocates far less for each record, unless the first connection with it fails; never resumes
     * a TLS session then. To be called before the first connection.
     */
    public TlsNet preferringOpenSsl() {
        if (OpenSSLEngineOptions.isAvailable()) {
            options.setSslEngineOptions(new OpenSSLEngineOptions().setSessionCacheEnabled(false));
            engineIsProven = false;
        }
        return this;
    }

    /** Connects from this local address. To be called before the first connection. */
    public TlsNet from(String address) {
        options.setLocalAddress(address);
        return this;
    }

    /** Whether every connection has a full handshake; sure only after the first one. */
    public boolean neverResumes() {
        return options.getSslEngineOptions() instanceof OpenSSLEngineOptions;
    }

    /** Fails with a {@link LinkFailure} only. */
    Future<NetSocket> connect(ClientOptions.Server server) {
        return client().compose(used -> used.connect(server.port(), server.host())
                .onSuccess(socket -> engineIsProven = true)
                .recover(cause -> fallsBackFrom(used)
                        ? connect(server)
                        : Future.failedFuture(LinkFailure.whileConnecting(cause))));
    }

    /** To be called when the clients that use it have ended: ends what connections are left. */
    public Future<Void> close() {
        return client == null
                ? Future.succeededFuture()
                : client.transform(made -> made.succeeded() ? made.result().close() : Future.succeededFuture());
    }

    /** Fails when the authority cannot be read, and then tries again the next time. */
    private Future<NetClient> client() {
        if (client == null || client.failed()) {
            client = make();
        }
        return client;
    }

    /** Whatever the reason of the failure: the JDK's engine will tell it better, if it is not the engine. */
    private boolean fallsBackFrom(NetClient used) {
        if (!engineIsProven) {
            engineIsProven = true;
            options.setSslEngineOptions(new JdkSSLEngineOptions());
            client = null;
            used.close();
            return true;
        }
        return client == null || client.result() != used;
    }

    private Future<NetClient> make() {
        if (ca == null) {
            return Future.succeededFuture(vertx.createNetClient(options));
        }
        return trust().map(trust -> vertx.createNetClient(options.setTrustOptions(trust)))
                .recover(cause -> Future.failedFuture(LinkFailure.of(LinkFailure.Kind.CA_UNREADABLE, cause)));
    }

    /** Parsed here once, so that a file that holds no certificate is not taken for a failing connection. */
    private Future<PemTrustOptions> trust() {
        return vertx.fileSystem().readFile(ca.toString()).compose(pem -> {
            PemTrustOptions trust = new PemTrustOptions().addCertValue(pem);
            return vertx.executeBlocking(() -> {
                trust.getTrustManagerFactory(vertx);
                return trust;
            });
        });
    }
}
