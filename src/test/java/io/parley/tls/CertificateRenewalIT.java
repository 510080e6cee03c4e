package io.parley.tls;

import static io.parley.tls.CertificatePair.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.client.ClientState;
import io.parley.client.ParleyClient;
import io.parley.protocol.Receipt;
import io.parley.testkit.CapturedLog;
import io.parley.testkit.Eventually;
import io.parley.testkit.NodeProcess;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are renewed under a whole node, with each of the two TLS engines. */
@Timeout(120)
@ExtendWith(VertxExtension.class)
class CertificateRenewalIT {

    /** More than there are event loops, so that each of them accepts one. */
    private static final int CONNECTIONS = 2 * Runtime.getRuntime().availableProcessors();

    private final String ann = TestNode.fresh(1).get(0);
    private final List<ClientState> states = new CopyOnWriteArrayList<>();
    private CertificatePair pair;

    /** Learns what is served; trusts everybody. */
    private static final class Curious implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @BeforeEach
    void write(@TempDir Path directory) {
        pair = CertificatePair.in(directory).put("first");
    }

    private JsonObject conf() {
        JsonObject tls = new JsonObject()
                .put("certificate", pair.certificate().toString())
                .put("key", pair.key().toString())
                .put("reloadInterval", "50ms");
        return new JsonObject().put("tls", tls);
    }

    @Test
    void withOpenSslOpenConnectionsGoOnAndNewOnesSeeTheNewCertificate(Vertx vertx) throws Exception {
        assertThat(OpenSSLEngineOptions.isAvailable()).isTrue();
        try (CapturedLog log = CapturedLog.ofParley();
                TestNode node = TestNode.start(Services.database(), Services.redis(), conf())) {
            node.add(ann);
            assertOpenConnectionsGoOnAndNewOnesSeeTheNewCertificate(vertx, node.port());
            assertThat(log.lines("certificate loaded"))
                    .singleElement()
                    .asString()
                    .contains(serial("first"));
            assertThat(log.lines("certificate renewed"))
                    .singleElement()
                    .asString()
                    .contains(serial("second"));
            assertThat(log.complaints()).isEmpty();
        }
    }

    @Test
    void withTheJdksEngineToo(Vertx vertx) throws Exception {
        try (NodeProcess node = NodeProcess.prepare(Services.database(), Services.redis(), conf())
                .with("-Dio.netty.handler.ssl.noOpenSsl=true")) {
            node.start();
            node.add(List.of(ann));
            // What tells the engines apart from outside: BoringSSL prefers AES-128.
            assertThat(handshake(node.port()).getCipherSuite()).isEqualTo("TLS_AES_256_GCM_SHA384");
            assertOpenConnectionsGoOnAndNewOnesSeeTheNewCertificate(vertx, node.port());

            CertificatePair.write(pair.key(), "broken");
            assertThat(servedBy(node.port())).containsOnly(leaf("second"));
            pair.put("rsa");
            Eventually.holds("the next certificate", () -> servedBy(node.port()).contains(leaf("rsa")));
        }
    }

    private void assertOpenConnectionsGoOnAndNewOnesSeeTheNewCertificate(Vertx vertx, int port) {
        assertThat(servedBy(port)).containsOnly(leaf("first"));
        ParleyClient open = client(vertx, port, "first");
        TestNode.await(open.connect());
        assertTalks(open);

        pair.put("second");
        Eventually.holds("the new certificate", () -> servedBy(port).contains(leaf("second")));
        assertThat(servedBy(port)).containsOnly(leaf("second"));
        assertTalks(open);
        assertThat(states).noneMatch(ClientState.Lost.class::isInstance);
        TestNode.await(open.close());

        ParleyClient later = client(vertx, port, "second");
        TestNode.await(later.connect());
        assertTalks(later);
        TestNode.await(later.close());
    }

    @Test
    void aBrokenPairKeepsTheOldOneOnTheListenersUntilItIsRight() throws Exception {
        try (CapturedLog log = CapturedLog.ofParley();
                TestNode node = TestNode.start(Services.database(), Services.redis(), conf())) {
            List<Runnable> breaks = List.of(
                    () -> pair.putCertificate("second"),
                    () -> pair.put("expired"),
                    () -> pair.put("secp256k1"),
                    () -> CertificatePair.write(pair.certificate(), "no certificate"),
                    () -> CertificatePair.write(
                            pair.certificate(),
                            CertificatePair.sample("first.crt").substring(0, 300)),
                    () -> pair.putCertificate("first").putKey("first-encrypted"));
            for (int i = 0; i < breaks.size(); i++) {
                breaks.get(i).run();
                log.await(i + 1, "certificate not renewed");
                assertThat(servedBy(node.port())).as("break %d", i).containsOnly(leaf("first"));
            }
            pair.put("second");
            log.await(1, "certificate renewed");
            assertThat(servedBy(node.port())).containsOnly(leaf("second"));
            assertThat(log.complaints()).hasSameSizeAs(breaks);
        }
    }

    @Test
    void aNodeDoesNotStartWithABrokenPair() throws IOException {
        Files.delete(pair.key());
        CertificatePair.write(pair.key(), "not a key");
        try (CapturedLog log = CapturedLog.ofParley()) {
            assertThatThrownBy(() -> TestNode.start(Services.database(), Services.redis(), conf()))
                    .isInstanceOf(CertificateFault.class)
                    .hasMessageContaining(pair.key() + " holds no key for the certificate");
            assertThat(log.complaints()).isEmpty();
        }
    }

    private ParleyClient client(Vertx vertx, int port, String trusted) {
        return new ParleyClient(
                        vertx,
                        TestNode.options(port, ann).trusting(Path.of("src/test/resources/tls/" + trusted + ".crt")))
                .onMessage(incoming -> {})
                .onState(states::add);
    }

    private void assertTalks(ParleyClient client) {
        Receipt receipt = TestNode.await(client.send(ann, "to myself"));
        assertThat(receipt.status()).isNotEqualTo(Receipt.Status.REFUSED);
    }

    private static String serial(String name) {
        return "serial=" + leaf(name).getSerialNumber().toString(16).toUpperCase(java.util.Locale.ROOT);
    }

    private static List<Certificate> servedBy(int port) {
        List<Certificate> leaves = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            try {
                leaves.add(handshake(port).getPeerCertificates()[0]);
            } catch (IOException | GeneralSecurityException failed) {
                throw new AssertionError("handshake", failed);
            }
        }
        return leaves;
    }

    private static SSLSession handshake(int port) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Curious()}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            return socket.getSession();
        }
    }
}
