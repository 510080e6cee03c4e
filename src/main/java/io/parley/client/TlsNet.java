package io.parley.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Makes TLS connections: knows whom to trust. A client has one of its own; a program with many clients gives them one,
 * so that the authority is read and the TLS library set up once. The JDK's engine is named on purpose: with OpenSSL a
 * client context fails on JDK 25 (FACTS section 1).
 */
public final class TlsNet {

    private final Vertx vertx;
    private final Path ca;
    private final NetClientOptions options;
    private Future<NetClient> client;

    /** @param like  what its clients have in common: the authority to trust, and the answer time-out */
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

    /** Fails when the authority cannot be read, and then tries again the next time. */
    Future<NetClient> client() {
        if (client == null || client.failed()) {
            client = make();
        }
        return client;
    }

    /** To be called when the clients that use it have ended: ends what connections are left. */
    public Future<Void> close() {
        return client == null
                ? Future.succeededFuture()
                : client.transform(made -> made.succeeded() ? made.result().close() : Future.succeededFuture());
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
