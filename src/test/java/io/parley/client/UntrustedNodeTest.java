package io.parley.client;

import static io.parley.testkit.FakeNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parley.client.ClientOptions.Patience;
import io.parley.client.LinkFailure.Kind;
import io.parley.testkit.FakeNode;
import io.parley.testkit.TestCertificate;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first connection that cannot be, and what it is called; no password leaves the client in any of these cases. */
class UntrustedNodeTest {

    private static final Patience SHORT = new Patience(
            true, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(1), Duration.ofSeconds(1), 3);

    private static Vertx vertx;
    private static TestCertificate forAddress;
    private static TestCertificate forName;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        forAddress = TestCertificate.of("ip:127.0.0.1");
        forName = TestCertificate.of("dns:chat.example.com");
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    @Test
    void anUnknownAuthorityIsRefused() {
        try (FakeNode node = new FakeNode(vertx, forAddress)) {
            assertThat(failure(options(node).trusting(forName.authority()))).isEqualTo(Kind.UNKNOWN_CA);
            assertThat(failure(options(node))).as("the JDK's authorities").isEqualTo(Kind.UNKNOWN_CA);
            assertThat(node.hasNoOtherConnection()).isTrue();
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        try (FakeNode node = new FakeNode(vertx, forName)) {
            assertThat(failure(options(node).trusting(forName.authority()))).isEqualTo(Kind.WRONG_HOST_NAME);
            assertThat(node.hasNoOtherConnection()).isTrue();
        }
    }

    @Test
    void aServerWithoutTlsIsRefused() throws Exception {
        try (FakeNode node = new FakeNode(vertx, null)) {
            var connected = new ParleyClient(vertx, options(node).trusting(forName.authority())).connect();
            node.accept().write(io.vertx.core.buffer.Buffer.buffer("220 mail.example.com ESMTP\r\n"));
            assertThat(kind(catchThrowable(() -> await(connected)))).isEqualTo(Kind.TLS_FAILED);
        }
    }

    @Test
    void nobodyListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(failure(ClientOptions.of("127.0.0.1", port, "10001"))).isEqualTo(Kind.NO_SERVER);
    }

    @Test
    void aServerThatNeverAnswersTheHandshakeIsLeft() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ClientOptions options = ClientOptions.of("127.0.0.1", silent.getLocalPort(), "10001")
                    .with(SHORT);
            assertThat(failure(options)).isEqualTo(Kind.NO_ANSWER);
        }
    }

    @Test
    void aServerThatNeverAnswersTheLoginIsLeft() {
        try (FakeNode node = new FakeNode(vertx, forAddress)) {
            assertThat(failure(options(node).trusting(forAddress.authority()))).isEqualTo(Kind.NO_ANSWER);
        }
    }

    @Test
    void anAuthorityThatCannotBeReadIsSaidSo(@TempDir Path directory) throws IOException {
        try (FakeNode node = new FakeNode(vertx, forAddress)) {
            assertThat(failure(options(node).trusting(directory.resolve("absent.crt"))))
                    .isEqualTo(Kind.CA_UNREADABLE);
            Path noCertificate = Files.writeString(directory.resolve("text.crt"), "no certificate");
            assertThat(failure(options(node).trusting(noCertificate))).isEqualTo(Kind.CA_UNREADABLE);
        }
    }

    private static ClientOptions options(FakeNode node) {
        return ClientOptions.of("127.0.0.1", node.port(), "10001")
                .withPassword("secret")
                .with(SHORT);
    }

    private static Kind failure(ClientOptions options) {
        return kind(catchThrowable(() -> await(new ParleyClient(vertx, options).connect())));
    }

    private static Kind kind(Throwable failure) {
        assertThat(failure).isInstanceOf(LinkFailure.class);
        return ((LinkFailure) failure).kind();
    }
}
