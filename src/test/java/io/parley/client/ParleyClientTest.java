package io.parley.client;

import static io.parley.testkit.FakeNode.await;
import static io.parley.testkit.FakeNode.delivery;
import static io.parley.testkit.FakeNode.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.client.ClientOptions.Patience;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Question;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.parley.testkit.FakeNode;
import io.parley.testkit.TestCertificate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ParleyClientTest {

    private static final Patience QUICK = new Patience(
            true, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(5), Duration.ofSeconds(5), 3);

    private static Vertx vertx;
    private static TestCertificate certificate;

    private final FakeNode node = new FakeNode(vertx, certificate);
    private final ClientOptions options = ClientOptions.of("127.0.0.1", node.port(), "10001")
            .trusting(certificate.authority())
            .withPassword("secret")
            .with(QUICK);
    private final BlockingQueue<ClientState> states = new LinkedBlockingQueue<>();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private ParleyClient client = client(options);

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
        node.close();
    }

    @Test
    void logsInWithThePasswordFirstAndThenWithTheToken() throws Exception {
        Future<Event.Verified> connected = client.connect();
        FakeNode.Peer first = node.accept();
        assertThat(first.next()).isEqualTo(new Command.Verify("10001", "secret", null));
        first.send(verified("t1"));
        assertThat(await(connected)).isEqualTo(verified("t1"));
        first.close();
        assertThat(node.accept().next()).isEqualTo(new Command.Verify("10001", null, "t1"));
    }

    @Test
    void aRefusedTokenIsFollowedByThePasswordOnTheSameConnection() throws Exception {
        client = client(options.withToken("old"));
        Future<Event.Verified> connected = client.connect();
        FakeNode.Peer peer = node.accept();
        assertThat(peer.next()).isEqualTo(new Command.Verify("10001", null, "old"));
        peer.send(new Event.NotVerified(new Refusal(ErrorCode.BAD_CREDENTIALS, "expired")));
        assertThat(peer.next()).isEqualTo(new Command.Verify("10001", "secret", null));
        peer.send(verified("new"));
        await(connected);
    }

    @Test
    void aWrongPasswordEndsTheClientWithTheNodesRefusal() throws Exception {
        Future<Event.Verified> connected = client.connect();
        FakeNode.Peer peer = node.accept();
        peer.next();
        Refusal refusal = new Refusal(ErrorCode.BAD_CREDENTIALS, "wrong");
        peer.send(new Event.NotVerified(refusal));
        assertThatThrownBy(() -> await(connected)).isEqualTo(refusal);
        assertThat(next(states)).isEqualTo(new ClientState.Ended(refusal));
        peer.awaitClosed();
    }

    @Test
    void whatIsUnansweredIsSentAgainInOrderWithTheSameClientIds() throws Exception {
        client.connect();
        FakeNode.Peer first = node.acceptVerified();
        Future<Receipt> one = client.send("10002", "one");
        Future<Receipt> two = client.send("10002", "two");
        Future<Receipt> three = client.send("10002", "three");
        Command.Single sentOne = (Command.Single) first.next();
        Command.Single sentTwo = (Command.Single) first.next();
        Command.Single sentThree = (Command.Single) first.next();
        first.send(new Event.Receipted(Receipt.delivered(sentTwo.clientId(), "m2")));
        assertThat(await(two)).isEqualTo(Receipt.delivered(sentTwo.clientId(), "m2"));
        first.close();

        FakeNode.Peer second = node.acceptVerified();
        assertThat(second.next()).isEqualTo(sentOne);
        assertThat(second.next()).isEqualTo(sentThree);
        second.send(
                new Event.Receipted(Receipt.stored(sentThree.clientId(), "m3", "accepted")),
                new Event.Receipted(Receipt.delivered(sentOne.clientId(), "m1")));
        assertThat(await(one).status()).isEqualTo(Receipt.Status.DELIVERED);
        assertThat(await(three).durability()).isEqualTo("accepted");
    }

    @Test
    void whatIsSentWhileDisconnectedGoesOutOnTheNextConnection() throws Exception {
        client.connect();
        node.acceptVerified().close();
        assertThat(next(states)).isInstanceOf(ClientState.Connected.class);
        assertThat(next(states)).isInstanceOf(ClientState.Lost.class);
        Future<Receipt> receipt = client.send("10002", "later");
        Command.Single sent = (Command.Single) node.acceptVerified().next();
        assertThat(sent.content()).isEqualTo("later");
        assertThat(receipt.isComplete()).isFalse();
        assertThat(next(states))
                .isEqualTo(new ClientState.Connected(
                        verified(null), options.servers().get(0), true));
    }

    @Test
    void aSendOverTheBoundIsRefusedAndOneAfterAReceiptIsNot() throws Exception {
        client.connect();
        FakeNode.Peer peer = node.acceptVerified();
        Future<Receipt> first = client.send("10002", "1");
        client.send("10002", "2");
        client.send("10002", "3");
        assertThatThrownBy(() -> await(client.send("10002", "4")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_MANY));
        Command.Single sent = (Command.Single) peer.next();
        Refusal no = new Refusal(ErrorCode.BAD_CONTENT, "no");
        peer.send(new Event.Failed(no, 2, sent.clientId()));
        assertThat(await(first)).isEqualTo(Receipt.refused(sent.clientId(), null, no));
        client.send("10002", "5");
        peer.next();
        peer.next();
        assertThat(((Command.Single) peer.next()).content()).isEqualTo("5");
    }

    @Test
    void aMessageThatNoNodeTakesIsRefusedHere() throws Exception {
        client.connect();
        node.acceptVerified();
        assertThatThrownBy(() -> await(client.send("10002", "x".repeat(65_536))))
                .hasMessageContaining("larger than 65536 bytes");
    }

    @Test
    void aBatchIsAcknowledgedOnce() throws Exception {
        client.connect();
        FakeNode.Peer peer = node.acceptVerified();
        peer.send(delivery(1, "a"), delivery(2, "b"), delivery(3, "c"));
        assertThat(peer.next()).isEqualTo(new Command.Ack(3));
        client.online(List.of("10002"));
        assertThat(peer.next()).isInstanceOf(Question.Online.class);
        assertThat(shown).containsExactly("text of a", "text of b", "text of c");
    }

    @Test
    void nothingIsAcknowledgedBeforeItAndAllBeforeItAreProcessed() throws Exception {
        List<Promise<Void>> processing = new CopyOnWriteArrayList<>();
        client.onMessageAsync(incoming -> {
            Promise<Void> promise = Promise.promise();
            processing.add(promise);
            return promise.future();
        });
        Future<Event.Verified> connected = client.connect();
        FakeNode.Peer peer = node.acceptVerified();
        await(connected);
        peer.send(delivery(1, "a"), delivery(2, "b"), new Event.Pong(""));
        ask(peer);
        processing.get(1).complete();
        ask(peer);
        processing.get(0).complete();
        assertThat(peer.next()).isEqualTo(new Command.Ack(2));
    }

    @Test
    void aMessageThatArrivesAgainIsAcknowledgedButNotShown() throws Exception {
        client.connect();
        FakeNode.Peer first = node.acceptVerified();
        first.send(delivery(1, "a"));
        assertThat(first.next()).isEqualTo(new Command.Ack(1));
        first.close();
        FakeNode.Peer second = node.acceptVerified();
        second.send(delivery(1, "a"), delivery(2, "b"), delivery(3, "b"));
        assertThat(second.next()).isEqualTo(new Command.Ack(3));
        assertThat(shown).containsExactly("text of a", "text of b");
    }

    @Test
    void aMessageWhoseHandlerFailedIsNotAcknowledgedAndComesAgain() throws Exception {
        client.onMessage(incoming -> {
            shown.add(incoming.message().content());
            if (shown.size() == 1) {
                throw new IllegalStateException("disk full");
            }
        });
        client.connect();
        FakeNode.Peer first = node.acceptVerified();
        first.send(delivery(1, "a"));
        first.awaitClosed();
        FakeNode.Peer second = node.acceptVerified();
        second.send(delivery(1, "a"));
        assertThat(second.next()).isEqualTo(new Command.Ack(1));
        assertThat(shown).hasSize(2);
    }

    @Test
    void withoutAHandlerMessagesStayAtTheNode() throws Exception {
        client = new ParleyClient(vertx, options);
        Future<Event.Verified> connected = client.connect();
        FakeNode.Peer peer = node.acceptVerified();
        await(connected);
        peer.send(delivery(1, "a"));
        ask(peer);
    }

    @Test
    void aClientThatWasKickedDoesNotComeBack() throws Exception {
        client.connect();
        FakeNode.Peer peer = node.acceptVerified();
        Future<Receipt> unanswered = client.send("10002", "x");
        peer.next();
        peer.send(new Event.Bye(ByeReason.KICKED, Duration.ZERO));
        assertThatThrownBy(() -> await(unanswered))
                .isInstanceOfSatisfying(
                        LinkFailure.class, failure -> assertThat(failure.bye()).isEqualTo(ByeReason.KICKED));
        assertThat(next(states)).isInstanceOf(ClientState.Connected.class);
        assertThat(next(states)).isInstanceOf(ClientState.Ended.class);
        assertThatThrownBy(() -> await(client.send("10002", "y"))).isInstanceOf(LinkFailure.class);
        peer.awaitClosed();
        assertThat(node.hasNoOtherConnection()).isTrue();
    }

    @Test
    void aDrainingNodeIsLeftForAsLongAsItAsks() throws Exception {
        client.connect();
        FakeNode.Peer peer = node.acceptVerified();
        next(states);
        long before = System.nanoTime();
        peer.send(new Event.Bye(ByeReason.DRAINING, Duration.ofMillis(300)));
        ClientState.Lost lost = (ClientState.Lost) next(states);
        assertThat(((LinkFailure) lost.cause()).bye()).isEqualTo(ByeReason.DRAINING);
        node.acceptVerified();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(299));
    }

    @Test
    void aRefusalThatWillPassIsWaitedOutAfterTheFirstLogin() throws Exception {
        client.connect();
        node.acceptVerified().close();
        FakeNode.Peer second = node.accept();
        second.next();
        second.send(new Event.NotVerified(new Refusal(ErrorCode.UNAVAILABLE, "redis", Duration.ofMillis(50))));
        node.acceptVerified();
    }

    @Test
    void aSilentNodeIsFoundOutByAPing() throws Exception {
        client = client(options.with(new Patience(
                true, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(200), 3)));
        client.connect();
        FakeNode.Peer peer = node.accept();
        peer.next();
        peer.send(verified(null, Duration.ofSeconds(1)));
        next(states);
        assertThat(peer.next()).isEqualTo(new Command.Ping(""));
        ClientState.Lost lost = (ClientState.Lost) next(states);
        assertThat(((LinkFailure) lost.cause()).kind()).isEqualTo(LinkFailure.Kind.NO_ANSWER);
        node.acceptVerified();
    }

    @Test
    void aPeerThatDoesNotSpeakTheProtocolIsLeft() throws Exception {
        Future<Event.Verified> connected = client.connect();
        FakeNode.Peer peer = node.accept();
        peer.write(Buffer.buffer("HTTP/1.1 400 Bad Request\r\n\r\n"));
        assertThatThrownBy(() -> await(connected))
                .isInstanceOfSatisfying(LinkFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(LinkFailure.Kind.NOT_PARLEY));
    }

    @Test
    void whoIsOnlineIsAskedOneQuestionAtATime() throws Exception {
        client.connect();
        FakeNode.Peer peer = node.acceptVerified();
        next(states);
        Future<Map<String, Boolean>> first = client.online(List.of("1"));
        Future<Map<String, Boolean>> second = client.online(List.of("2"));
        assertThat(peer.next()).isEqualTo(new Question.Online(List.of("1")));
        peer.send(new Event.OnlineAnswer(Map.of("1", true)));
        assertThat(await(first)).isEqualTo(Map.of("1", true));
        assertThat(peer.next()).isEqualTo(new Question.Online(List.of("2")));
        peer.send(new Event.Failed(new Refusal(ErrorCode.UNAVAILABLE, "redis"), 12, null));
        assertThatThrownBy(() -> await(second)).hasMessage("redis");
    }

    @Test
    void logoutAcknowledgesWhatWasShownAndWaitsForTheGoodbye() throws Exception {
        client.connect();
        FakeNode.Peer peer = node.acceptVerified();
        peer.send(delivery(1, "a"));
        assertThat(peer.next()).isEqualTo(new Command.Ack(1));
        Future<Void> out = client.logout();
        assertThat(peer.next()).isEqualTo(new Command.Logout());
        assertThat(out.isComplete()).isFalse();
        peer.send(new Event.Bye(ByeReason.LOGOUT, Duration.ZERO));
        await(out);
        peer.awaitClosed();
        assertThat(node.hasNoOtherConnection()).isTrue();
    }

    /** Whatever else the client had to say came before the question. */
    private void ask(FakeNode.Peer peer) throws InterruptedException {
        Future<Map<String, Boolean>> answer = client.online(List.of("10002"));
        assertThat(peer.next()).isEqualTo(new Question.Online(List.of("10002")));
        peer.send(new Event.OnlineAnswer(Map.of()));
        await(answer);
    }

    private ParleyClient client(ClientOptions with) {
        return new ParleyClient(vertx, with)
                .onState(states::add)
                .onMessage(incoming -> shown.add(incoming.message().content()));
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(FakeNode.PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }
}
