package io.parley.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemTrustOptions;
import java.util.concurrent.TimeUnit;

/**
 * Opens TLS connections to the nodes, each time to the next one; fails with a {@link LinkFailure} only. The JDK's
 * engine is named on purpose: with OpenSSL a client context fails on JDK 25 (FACTS section 1).
 */
final class Dialer {

    private final Vertx vertx;
    private final ClientOptions options;
    private NetClient client;
    private int dialled;

    Dialer(Vertx vertx, ClientOptions options) {
        this.vertx = vertx;
        this.options = options;
    }

    Future<NetSocket> dial() {
        dialled++;
        ClientOptions.Server server = server();
        return client().compose(net -> net.connect(server.port(), server.host())
                .recover(cause -> Future.failedFuture(LinkFailure.whileConnecting(cause))));
    }

    /** The one that was dialled last. */
    ClientOptions.Server server() {
        return options.servers().get((dialled - 1) % options.servers().size());
    }

    /** Whether each of them was dialled. */
    boolean hasTriedAll() {
        return dialled >= options.servers().size();
    }

    Future<Void> close() {
        return client == null ? Future.succeededFuture() : client.close();
    }

    private Future<NetClient> client() {
        if (client != null) {
            return Future.succeededFuture(client);
        }
        int timeoutMillis = (int) options.patience().answerTimeout().toMillis();
        NetClientOptions net = new NetClientOptions()
                .setSsl(true)
                .setHostnameVerificationAlgorithm("HTTPS")
                .setSslEngineOptions(new JdkSSLEngineOptions())
                .setTcpNoDelay(true)
                .setConnectTimeout(timeoutMillis)
                .setSslHandshakeTimeout(timeoutMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        if (options.ca() == null) {
            client = vertx.createNetClient(net);
            return Future.succeededFuture(client);
        }
        return trust().map(trust -> client = vertx.createNetClient(net.setTrustOptions(trust)))
                .recover(cause -> Future.failedFuture(LinkFailure.of(LinkFailure.Kind.CA_UNREADABLE, cause)));
    }

    /** Parsed here once, so that a file that holds no certificate is not taken for a failing connection. */
    private Future<PemTrustOptions> trust() {
        return vertx.fileSystem().readFile(options.ca().toString()).compose(pem -> {
            PemTrustOptions trust = new PemTrustOptions().addCertValue(pem);
            return vertx.executeBlocking(() -> {
                trust.getTrustManagerFactory(vertx);
                return trust;
            });
        });
    }
}
