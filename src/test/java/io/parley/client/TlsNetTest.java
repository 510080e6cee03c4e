package io.parley.client;

import static io.parley.testkit.FakeNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parley.client.LinkFailure.Kind;
import io.parley.protocol.Command;
import io.parley.protocol.Event;
import io.parley.testkit.FakeNode;
import io.parley.testkit.TestCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that share how they connect; on JDK 25, too, where OpenSSL does not make a client's connections. */
class TlsNetTest {

    private static Vertx vertx;
    private static TestCertificate certificate;
    private static TestCertificate otherName;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        certificate = TestCertificate.of("ip:127.0.0.1");
        otherName = TestCertificate.of("dns:chat.example.com");
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    private static TlsNet net(ClientOptions options, boolean openSsl) {
        TlsNet net = new TlsNet(vertx, options);
        return openSsl ? net.preferringOpenSsl() : net;
    }

    private static ClientOptions options(FakeNode node, TestCertificate trusted) {
        return ClientOptions.of("127.0.0.1", node.port(), "10001")
                .trusting(trusted.authority())
                .withPassword("secret");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theEndOfOneClientIsNotTheEndOfTheOthers(boolean openSsl) throws Exception {
        try (FakeNode node = new FakeNode(vertx, certificate)) {
            ClientOptions options = options(node, certificate);
            TlsNet net = net(options, openSsl);
            ParleyClient one = new ParleyClient(vertx, options, net);
            ParleyClient two = new ParleyClient(vertx, options, net);
            Future<Event.Verified> first = one.connect();
            FakeNode.Peer peerOfOne = node.acceptVerified();
            await(first);
            Future<Event.Verified> second = two.connect();
            FakeNode.Peer peerOfTwo = node.acceptVerified();
            await(second);
            await(one.close());
            peerOfOne.awaitClosed();
            two.send("10002", "still here");
            assertThat(peerOfTwo.next()).isInstanceOf(Command.Single.class);
            await(two.close());
            await(net.close());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoIsNotTrustedIsRefused(boolean openSsl) {
        try (FakeNode node = new FakeNode(vertx, certificate);
                FakeNode elsewhere = new FakeNode(vertx, otherName)) {
            assertThat(failure(options(node, otherName), openSsl)).isEqualTo(Kind.UNKNOWN_CA);
            assertThat(failure(options(elsewhere, otherName), openSsl)).isEqualTo(Kind.WRONG_HOST_NAME);
        }
    }

    @Test
    void anEngineThatFailsIsReplacedForAllThatConnectAtOnce() throws Exception {
        try (FakeNode node = new FakeNode(vertx, certificate);
                FakeNode elsewhere = new FakeNode(vertx, otherName)) {
            ClientOptions options = options(node, certificate);
            TlsNet net = net(options, true);
            ParleyClient refused = new ParleyClient(vertx, options(elsewhere, certificate), net);
            ParleyClient welcome = new ParleyClient(vertx, options, net);
            Throwable why = catchThrowable(() -> await(refused.connect()));
            assertThat(why).isInstanceOf(LinkFailure.class);
            Future<Event.Verified> connected = welcome.connect();
            node.acceptVerified();
            await(connected);
            await(welcome.close());
            await(net.close());
        }
    }

    private static Kind failure(ClientOptions options, boolean openSsl) {
        TlsNet net = net(options, openSsl);
        Throwable why = catchThrowable(() -> await(new ParleyClient(vertx, options, net).connect()));
        await(net.close());
        assertThat(why).isInstanceOf(LinkFailure.class);
        return ((LinkFailure) why).kind();
    }
}
