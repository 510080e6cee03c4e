package io.parley.client;

import static io.parley.testkit.FakeNode.await;
import static io.parley.testkit.FakeNode.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.client.ClientOptions.Patience;
import io.parley.client.ClientOptions.Server;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Refusal;
import io.parley.testkit.FakeNode;
import io.parley.testkit.TestCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client that knows several nodes of one cluster. */
class SeveralServersTest {

    private static Vertx vertx;
    private static TestCertificate certificate;

    private final FakeNode one = new FakeNode(vertx, certificate);
    private final FakeNode two = new FakeNode(vertx, certificate);
    private final Server first = new Server("127.0.0.1", one.port());
    private final Server second = new Server("127.0.0.1", two.port());
    private final BlockingQueue<ClientState> states = new LinkedBlockingQueue<>();
    private final ParleyClient client = new ParleyClient(
                    vertx,
                    ClientOptions.of(first.host(), first.port(), "10001")
                            .orAt(second.host(), second.port())
                            .trusting(certificate.authority())
                            .withPassword("secret")
                            .with(new Patience(
                                    true,
                                    Duration.ofMillis(1),
                                    Duration.ofMillis(20),
                                    Duration.ofSeconds(5),
                                    Duration.ofSeconds(5),
                                    3)))
            .onState(states::add);

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        certificate = TestCertificate.of("ip:127.0.0.1");
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    @AfterEach
    void close() {
        await(client.close());
        one.close();
        two.close();
    }

    @Test
    void aClientThatLosesItsNodeGoesToTheNextAndInTheEndComesAround() throws Exception {
        client.connect();
        one.acceptVerified().close();
        assertThat(next()).isEqualTo(new ClientState.Connected(verified(null), first, false));
        assertThat(next()).isInstanceOf(ClientState.Lost.class);
        two.acceptVerified().close();
        assertThat(next()).isEqualTo(new ClientState.Connected(verified(null), second, true));
        assertThat(next()).isInstanceOf(ClientState.Lost.class);
        one.acceptVerified();
        assertThat(next()).isEqualTo(new ClientState.Connected(verified(null), first, true));
    }

    @Test
    void theFirstConnectionIsTriedOnceAtEachServer() throws Exception {
        Future<Event.Verified> connected = client.connect();
        one.accept().close();
        FakeNode.Peer peer = two.accept();
        peer.next();
        Refusal passing = new Refusal(ErrorCode.UNAVAILABLE, "redis", Duration.ZERO);
        peer.send(new Event.NotVerified(passing));
        assertThatThrownBy(() -> await(connected)).isEqualTo(passing);
        assertThat(next()).isEqualTo(new ClientState.Ended(passing));
        assertThat(one.hasNoOtherConnection()).isTrue();
    }

    @Test
    void aWrongPasswordIsNotTriedElsewhere() throws Exception {
        Future<Event.Verified> connected = client.connect();
        FakeNode.Peer peer = one.accept();
        peer.next();
        Refusal refusal = new Refusal(ErrorCode.BAD_CREDENTIALS, "wrong");
        peer.send(new Event.NotVerified(refusal));
        assertThatThrownBy(() -> await(connected)).isEqualTo(refusal);
        assertThat(two.hasNoOtherConnection()).isTrue();
    }

    @Test
    void aClientNeedsAServer() {
        ClientOptions options = ClientOptions.of("localhost", 1, "10001");
        assertThatThrownBy(() -> new ClientOptions(List.of(), null, "10001", "secret", null, options.patience()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private ClientState next() throws InterruptedException {
        ClientState state = states.poll(FakeNode.PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(state).as("a state").isNotNull();
        return state;
    }
}
