package io.parley.clients;

import static io.parley.testkit.FakeNode.delivery;
import static io.parley.testkit.FakeNode.verified;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.json.MessageJson;
import io.parley.protocol.Audience;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.GroupInfo;
import io.parley.protocol.Message;
import io.parley.protocol.Person;
import io.parley.protocol.Question;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.parley.testkit.Eventually;
import io.parley.testkit.FakeNode;
import io.parley.testkit.TestCertificate;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the clients of {@code src/clients} say to a node that does as the test wants; of rooms and groups, too. */
@Timeout(120)
class ScriptedNodeIT {

    private static Vertx vertx;
    private static TestCertificate certificate;
    private static TestCertificate other;

    @TempDir
    Path home;

    private final FakeNode node = new FakeNode(vertx, certificate);

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        certificate = TestCertificate.of("ip:127.0.0.1");
        other = TestCertificate.of("dns:chat.example.com");
    }

    @AfterAll
    static void stop() {
        FakeNode.await(vertx.close());
    }

    @AfterEach
    void close() {
        node.close();
    }

    private SmallClient client(Language language, String... more) throws IOException {
        return client(language, node.port(), certificate, more);
    }

    private SmallClient client(Language language, int port, TestCertificate trusted, String... more)
            throws IOException {
        language.assumePresent();
        Path file = Files.writeString(home.resolve("password"), "secret\n");
        List<String> arguments = new ArrayList<>(List.of("--host=127.0.0.1", "--port=" + port, "--user=10001"));
        arguments.addAll(List.of("--ca=" + trusted.authority(), "--password-file=" + file.toAbsolutePath()));
        arguments.addAll(List.of(more));
        return new SmallClient(language, arguments.toArray(String[]::new));
    }

    private static Event delivered(Command.Send send) {
        return new Event.Receipted(Receipt.delivered(send.clientId(), "m"));
    }

    private static Event entered(String room, String userId, String name) {
        return new Event.Entered(room, new Person(userId, name));
    }

    private static Message message(Audience audience, String text) {
        return new Message("m", text, "10002", "李四", text, 1_700_000_000_000L, audience);
    }

    /** The next command but for pings. */
    private static Object next(FakeNode.Peer peer) throws InterruptedException {
        Object command = peer.next();
        return command instanceof Command.Ping ? next(peer) : command;
    }

    @ParameterizedTest
    @EnumSource
    void comesBackWithItsTokenToItsRoomsAndSendsAgainWhatHasNoReceipt(Language language) throws Exception {
        try (SmallClient client = client(language, "--room=lobby")) {
            FakeNode.Peer first = node.accept();
            assertThat(next(first)).isEqualTo(new Command.Verify("10001", "secret", null));
            first.send(verified("t1"));
            assertThat(next(first)).isEqualTo(new Question.Join("lobby"));
            first.send(entered("lobby", "10002", "李四"), entered("lobby", "10001", "张三"));
            client.type("10002 one");
            client.type("10002 two");
            Command.Single one = (Command.Single) next(first);
            Command.Single two = (Command.Single) next(first);
            first.send(delivered(one));
            client.awaitLine("-> 10002: delivered");
            first.close();
            FakeNode.Peer second = node.accept();
            assertThat(next(second)).isEqualTo(new Command.Verify("10001", null, "t1"));
            second.send(verified("t2"));
            assertThat(next(second)).isEqualTo(new Question.Join("lobby"));
            assertThat(next(second)).isEqualTo(two);
            assertThat(two).isEqualTo(new Command.Single(two.clientId(), "10002", "two"));
            client.endInput();
            second.send(delivered(two));
            assertThat(next(second)).isEqualTo(new Command.Logout());
            second.send(new Event.Bye(ByeReason.LOGOUT, Duration.ZERO));
            assertThat(client.code()).as(client.toString()).isZero();
            assertThat(client.lines()).containsOnlyOnce("#lobby: 李四 (10002) enters");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatIsRefusedIsFollowedByThePassword(Language language) throws Exception {
        try (SmallClient client = client(language)) {
            FakeNode.Peer first = node.accept();
            next(first);
            first.send(verified("t1"));
            client.awaitConnections(1);
            first.close();
            FakeNode.Peer second = node.accept();
            assertThat(next(second)).isEqualTo(new Command.Verify("10001", null, "t1"));
            second.send(new Event.NotVerified(new Refusal(ErrorCode.BAD_CREDENTIALS, "expired")));
            assertThat(next(second)).isEqualTo(new Command.Verify("10001", "secret", null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void acknowledgesWhatItHasShownOnceForEachBatchAndShowsARepeatOnce(Language language) throws Exception {
        try (SmallClient client = client(language)) {
            FakeNode.Peer first = node.acceptVerified();
            first.send(delivery(1, "a"), delivery(2, "b"), delivery(3, "a"));
            assertThat(next(first)).isEqualTo(new Command.Ack(3));
            first.close();
            FakeNode.Peer second = node.acceptVerified();
            second.send(delivery(1, "b"), delivery(2, "c"));
            assertThat(next(second)).isEqualTo(new Command.Ack(2));
            client.awaitLine("李四 (10002): text of c");
            assertThat(client.lines())
                    .containsExactly("李四 (10002): text of a", "李四 (10002): text of b", "李四 (10002): text of c");
        }
    }

    @ParameterizedTest
    @EnumSource
    void staysAwayAfterAGoodbyeForGood(Language language) throws Exception {
        for (ByeReason reason : List.of(ByeReason.KICKED, ByeReason.REVOKED, ByeReason.PROTOCOL_ERROR)) {
            try (SmallClient client = client(language)) {
                FakeNode.Peer peer = node.acceptVerified();
                client.awaitConnections(1);
                peer.send(new Event.Bye(reason, Duration.ZERO));
                assertThat(client.code()).isEqualTo(1);
                assertThat(client.errors()).contains(reason.code());
                assertThat(node.hasNoOtherConnection()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void comesBackNotEarlierThanTheNodeAsks(Language language) throws Exception {
        Duration asked = Duration.ofSeconds(2);
        try (SmallClient client = client(language)) {
            FakeNode.Peer peer = node.acceptVerified();
            client.awaitConnections(1);
            long start = System.nanoTime();
            peer.send(new Event.Bye(ByeReason.DRAINING, asked));
            node.acceptVerified();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(asked);
            client.awaitConnections(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void pingsAndLeavesANodeThatIsSilent(Language language) throws Exception {
        try (SmallClient client = client(language)) {
            FakeNode.Peer peer = node.accept();
            peer.next();
            peer.send(verified(null, Duration.ofSeconds(1)));
            for (int i = 0; i < 3; i++) {
                assertThat(peer.next()).isEqualTo(new Command.Ping(""));
                peer.send(new Event.Pong(""));
            }
            node.acceptVerified();
            peer.awaitClosed();
            client.awaitConnections(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void speaksToSeveralToGroupsToRoomsAndToEverybody(Language language) throws Exception {
        try (SmallClient client = client(language)) {
            FakeNode.Peer peer = node.acceptVerified();
            client.type("10002,10003 早");
            Command.Group list = (Command.Group) next(peer);
            assertThat(list).isEqualTo(new Command.Group(list.clientId(), List.of("10002", "10003"), null, "早"));
            peer.send(new Event.Receipted(Receipt.stored(list.clientId(), "m", "accepted")
                    .with(new Receipt.Spread(Map.of("10002", Receipt.Status.STORED), Map.of(), Map.of()))));
            client.awaitLine("-> 10002,10003: stored");
            client.type("=g1 hi");
            Command.Group group = (Command.Group) next(peer);
            assertThat(group).isEqualTo(new Command.Group(group.clientId(), List.of(), "g1", "hi"));
            peer.send(new Event.Failed(new Refusal(ErrorCode.UNKNOWN_GROUP, "no group"), 3, group.clientId()));
            client.awaitLine("-> =g1: refused, unknown_group: no group");
            client.type("* hear");
            Command.Broadcast broadcast = (Command.Broadcast) next(peer);
            assertThat(broadcast.content()).isEqualTo("hear");
            peer.send(new Event.Receipted(Receipt.sent(broadcast.clientId(), "m")));
            client.awaitLine("-> *: sent");
            client.type("#tea hello");
            assertThat(next(peer)).isEqualTo(new Question.Join("tea"));
            peer.send(entered("tea", "10001", "张三"));
            Command.Say say = (Command.Say) next(peer);
            assertThat(say).isEqualTo(new Command.Say(say.clientId(), "tea", "hello"));
            peer.send(new Event.Receipted(Receipt.sent(say.clientId(), "m")));
            client.awaitLine("-> #tea: sent");
            client.type("/groups");
            assertThat(next(peer)).isEqualTo(new Question.GroupList());
            peer.send(new Event.GroupsAnswer(List.of(new GroupInfo("g2", "football", "10001", 3))));
            client.type("/look");
            assertThat(next(peer)).isEqualTo(new Question.Look(null));
            peer.send(new Event.Failed(new Refusal(ErrorCode.UNAVAILABLE, "not now"), 11, null));
            client.endInput();
            assertThat(next(peer)).isEqualTo(new Command.Logout());
            peer.send(new Event.Bye(ByeReason.LOGOUT, Duration.ZERO));
            assertThat(client.code()).as("two were refused").isEqualTo(1);
            assertThat(client.lines()).anyMatch(line -> line.contains("football"));
            assertThat(client.errors()).contains("/look: unavailable: not now");
        }
    }

    /** It would cost the connection, on which it would be sent again. */
    @ParameterizedTest
    @EnumSource
    void keepsWhatIsTooLargeForANode(Language language) throws Exception {
        try (SmallClient client = client(language)) {
            FakeNode.Peer peer = node.acceptVerified();
            client.type("10002 " + "长".repeat(22_000));
            Eventually.holds(client::toString, () -> client.errors().contains("larger than 65536 bytes"));
            client.type("10002 short");
            assertThat(((Command.Single) next(peer)).content()).isEqualTo("short");
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsFromWhereAMessageComes(Language language) throws Exception {
        try (SmallClient client = client(language)) {
            FakeNode.Peer peer = node.acceptVerified();
            peer.send(
                    new Event.Delivery(1, false, MessageJson.envelope(message(Audience.group(null), "早"))),
                    new Event.Delivery(2, true, MessageJson.envelope(message(Audience.group("g1"), "hi"))),
                    new Event.Heard(MessageJson.envelope(message(Audience.EVERYBODY, "hear"))),
                    new Event.Heard(MessageJson.envelope(message(Audience.room("tea"), "hello\u001b[2J"))),
                    entered("tea", "10003", "王五"),
                    new Event.Left("tea", new Person("10003", "王五")));
            assertThat(next(peer)).isEqualTo(new Command.Ack(2));
            client.awaitLine("#tea: 王五 (10003) leaves");
            assertThat(client.lines())
                    .containsExactly(
                            "李四 (10002) to several: 早",
                            "李四 (10002) to =g1: hi",
                            "李四 (10002) to everybody: hear",
                            "李四 (10002) in #tea: hello [2J",
                            "#tea: 王五 (10003) enters",
                            "#tea: 王五 (10003) leaves");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsItsPasswordToNobodyWhomItDoesNotTrust(Language language) throws Exception {
        try (SmallClient client = client(language, node.port(), other)) {
            assertThat(client.code()).isEqualTo(1);
        }
        try (FakeNode impostor = new FakeNode(vertx, other);
                SmallClient client = client(language, impostor.port(), other)) {
            assertThat(client.code()).as("the name is another").isEqualTo(1);
            assertThat(impostor.hasNoOtherConnection()).isTrue();
        }
        assertThat(node.hasNoOtherConnection()).isTrue();
    }
}
