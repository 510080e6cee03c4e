package io.parley.script;

import static io.parley.testkit.FakeNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.Messages;
import io.parley.codec.json.MessageJson;
import io.parley.protocol.Audience;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Message;
import io.parley.protocol.Person;
import io.parley.protocol.Question;
import io.parley.protocol.Receipt;
import io.parley.protocol.Receipt.Status;
import io.parley.protocol.Refusal;
import io.parley.testkit.FakeNode;
import io.parley.testkit.TestCertificate;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code parley send} and {@code parley listen} in groups, in rooms and to everybody. */
class PlacesInScriptsTest {

    private static final Person ME = new Person("10001", "张三");
    private static final Refusal NO = new Refusal(ErrorCode.TOO_MANY, "32 rooms");

    private static Vertx vertx;
    private static TestCertificate certificate;

    @TempDir
    Path directory;

    private final FakeNode node = new FakeNode(vertx, certificate);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

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
        node.close();
    }

    @Test
    void aRoomIsEnteredBeforeSomethingIsSaidThere() throws Exception {
        CompletableFuture<Integer> exit = run(new SendCommand(), "--room", "ops", "deployment begins");
        FakeNode.Peer peer = node.acceptVerified();
        assertThat(peer.next()).isEqualTo(new Question.Join("ops"));
        assertThat(peer.heardNothing()).isTrue();
        peer.send(new Event.Entered("ops", ME));
        Command.Say said = (Command.Say) peer.next();
        assertThat(said).isEqualTo(new Command.Say(said.clientId(), "ops", "deployment begins"));
        peer.send(new Event.Receipted(Receipt.sent(said.clientId(), "m1")));
        leave(peer);
        assertThat(code(exit)).isZero();
        assertThat(out.toString().strip()).isEqualTo("sent m1 #ops");
    }

    @Test
    void aRoomThatCannotBeEnteredEndsTheSendWithOne() throws Exception {
        CompletableFuture<Integer> exit = run(new SendCommand(), "--room", "ops", "x");
        FakeNode.Peer peer = node.acceptVerified();
        peer.next();
        peer.send(new Event.Failed(NO, Question.Join.ID, null));
        assertThat(code(exit)).isEqualTo(1);
        assertThat(err.toString()).contains("32 rooms");
        assertThat(peer.heardNothing()).isTrue();
    }

    @Test
    void theReceiptOfAGroupHasItsCounts() throws Exception {
        CompletableFuture<Integer> exit = run(new SendCommand(), "--group", "g1", "hi");
        FakeNode.Peer peer = node.acceptVerified();
        Command.Group sent = (Command.Group) peer.next();
        assertThat(sent).isEqualTo(new Command.Group(sent.clientId(), List.of(), "g1", "hi"));
        Receipt.Spread spread = new Receipt.Spread(Map.of(), Map.of(), Map.of(Status.DELIVERED, 3, Status.STORED, 2));
        peer.send(new Event.Receipted(
                Receipt.stored(sent.clientId(), "m1", "accepted").with(spread)));
        leave(peer);
        assertThat(code(exit)).isZero();
        assertThat(out.toString().strip()).isEqualTo("stored m1 &g1 delivered=3 stored=2");
    }

    @Test
    void jsonHasTheCountsOfAGroupAndARefusalExitsWithThree() throws Exception {
        CompletableFuture<Integer> exit = run(new SendCommand(), "--group", "g1", "--json", "hi");
        FakeNode.Peer peer = node.acceptVerified();
        Command.Send sent = (Command.Send) peer.next();
        Receipt.Spread spread = new Receipt.Spread(Map.of(), Map.of(), Map.of(Status.REFUSED, 1, Status.DELIVERED, 2));
        Refusal full = new Refusal(ErrorCode.MAILBOX_FULL, "full");
        peer.send(
                new Event.Receipted(Receipt.refused(sent.clientId(), "m1", full).with(spread)));
        leave(peer);
        assertThat(code(exit)).isEqualTo(3);
        assertThat(out.toString().strip())
                .isEqualTo("{\"group\":\"g1\",\"status\":\"refused\",\"client_id\":\"" + sent.clientId()
                        + "\",\"message_id\":\"m1\",\"error\":\"mailbox_full\",\"detail\":\"full\","
                        + "\"counts\":{\"delivered\":2,\"refused\":1}}");
    }

    @Test
    void aBroadcastIsSent() throws Exception {
        CompletableFuture<Integer> exit = run(new SendCommand(), "--broadcast", "--json", "back in 5");
        FakeNode.Peer peer = node.acceptVerified();
        Command.Broadcast sent = (Command.Broadcast) peer.next();
        assertThat(sent.content()).isEqualTo("back in 5");
        peer.send(new Event.Receipted(Receipt.sent(sent.clientId(), "m1")));
        leave(peer);
        assertThat(code(exit)).isZero();
        assertThat(out.toString())
                .startsWith("{\"broadcast\":true,\"status\":\"sent\",\"client_id\":\"" + sent.clientId() + "\"");
    }

    @Test
    void aSendGoesToOneKindOfPlaceAndToOneOnly() throws Exception {
        assertThat(code(run(new SendCommand(), "hello"))).isEqualTo(2);
        for (List<String> wrong : List.of(
                List.of("--to", "10002", "--group", "g1"),
                List.of("--room", "a", "--broadcast"),
                List.of("--room", "two words"),
                List.of("--room", "x".repeat(65)),
                List.of("--group", "{g}"))) {
            List<String> arguments = new ArrayList<>(wrong);
            arguments.add("hello");
            assertThat(code(run(new SendCommand(), arguments.toArray(String[]::new))))
                    .as(wrong.toString())
                    .isEqualTo(2);
        }
        assertThat(code(run(new ListenCommand(), "--room", "two words"))).isEqualTo(2);
        assertThat(node.hasNoOtherConnection()).isTrue();
    }

    @Test
    void aListenerEntersItsRoomsAndItsLinesSayForWhomAMessageIs() throws Exception {
        CompletableFuture<Integer> exit =
                run(new ListenCommand(), "--room", "lobby", "--room", "ops", "--count", "3", "--json");
        FakeNode.Peer peer = node.acceptVerified();
        assertThat(peer.next()).isEqualTo(new Question.Join("lobby"));
        peer.send(new Event.Entered("lobby", ME));
        assertThat(peer.next()).isEqualTo(new Question.Join("ops"));
        peer.send(new Event.Entered("ops", ME));
        peer.send(
                new Event.Heard(MessageJson.envelope(message("c1", Audience.room("ops")))),
                new Event.Heard(MessageJson.envelope(message("c2", Audience.EVERYBODY))),
                new Event.Delivery(1, false, MessageJson.envelope(message("c3", Audience.group("g1")))));
        leave(peer);
        assertThat(code(exit)).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("{\"command\":110,").endsWith("\"replayed\":false,\"room\":\"ops\"}");
        assertThat(lines.get(1)).startsWith("{\"command\":104,").endsWith("\"replayed\":false}");
        assertThat(lines.get(2)).startsWith("{\"command\":103,").endsWith("\"replayed\":false,\"group\":\"g1\"}");
    }

    @Test
    void aListenerOfLinesShowsThePlaceBehindThePerson() throws Exception {
        CompletableFuture<Integer> exit = run(new ListenCommand(), "--count", "2");
        FakeNode.Peer peer = node.acceptVerified();
        peer.send(
                new Event.Heard(MessageJson.envelope(message("c1", Audience.room("ops\u001b")))),
                new Event.Heard(MessageJson.envelope(message("c2", Audience.EVERYBODY))));
        leave(peer);
        assertThat(code(exit)).isZero();
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(" 李四 (10002) #ops␛: text of c1"),
                        line -> assertThat(line).endsWith(" 李四 (10002) *: text of c2"));
    }

    @Test
    void aListenerThatMayNotEnterEndsWithOne() throws Exception {
        CompletableFuture<Integer> exit = run(new ListenCommand(), "--room", "lobby");
        FakeNode.Peer peer = node.acceptVerified();
        peer.next();
        peer.send(new Event.Failed(NO, Question.Join.ID, null));
        leave(peer);
        assertThat(code(exit)).isEqualTo(1);
        assertThat(err.toString()).contains("The room lobby cannot be entered: Refused (too_many): 32 rooms");
    }

    private static Message message(String clientId, Audience audience) {
        return new Message(
                "m" + clientId, clientId, "10002", "李四", "text of " + clientId, 1_700_000_000_000L, audience);
    }

    /** Whatever is acknowledged before is of no interest here. */
    private static void leave(FakeNode.Peer peer) throws InterruptedException {
        Object next = peer.next();
        while (next instanceof Command.Ack) {
            next = peer.next();
        }
        assertThat(next).isEqualTo(new Command.Logout());
        peer.send(new Event.Bye(ByeReason.LOGOUT, Duration.ZERO));
    }

    private CompletableFuture<Integer> run(Object command, String... more) throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "pass word\n");
        List<String> arguments = new ArrayList<>(List.of(
                "--user", "10001", "--ca", certificate.authority().toString(), "--password-file", password.toString()));
        arguments.addAll(List.of("--port", String.valueOf(node.port())));
        arguments.addAll(List.of(more));
        CommandLine line = new CommandLine(command)
                .setResourceBundle(Messages.of(Locale.ENGLISH).bundle())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return CompletableFuture.supplyAsync(() -> line.execute(arguments.toArray(String[]::new)));
    }

    private static int code(CompletableFuture<Integer> exit) throws Exception {
        return exit.get(FakeNode.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
