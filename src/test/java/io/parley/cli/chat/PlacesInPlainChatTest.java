package io.parley.cli.chat;

import static io.parley.testkit.FakeNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.ClientSentences;
import io.parley.cli.Input;
import io.parley.cli.Messages;
import io.parley.client.ClientOptions;
import io.parley.client.ClientOptions.Patience;
import io.parley.client.ParleyClient;
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
import io.parley.protocol.Receipt.Status;
import io.parley.protocol.Refusal;
import io.parley.testkit.Eventually;
import io.parley.testkit.FakeNode;
import io.parley.testkit.TestCertificate;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups, rooms and broadcasts in a chat of lines. */
class PlacesInPlainChatTest {

    private static final long NOW = 1_700_000_000_000L; // 2023-11-14 22:13:20 UTC
    private static final Person ME = new Person("10001", "张三");
    private static final Person LI = new Person("10002", "李\u001b[2J四");
    private static final Refusal NO = new Refusal(ErrorCode.FORBIDDEN, "no");

    private static Vertx vertx;
    private static TestCertificate certificate;

    private final FakeNode node = new FakeNode(vertx, certificate);
    private final StringWriter out = new StringWriter();
    private final ChatThread thread = new ChatThread();
    private final PipedWriter typed = new PipedWriter();
    private CompletableFuture<Integer> exit;
    private FakeNode.Peer peer;
    private long seq;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        certificate = TestCertificate.of("ip:127.0.0.1");
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    @BeforeEach
    void begin() throws Exception {
        Duration patience = Duration.ofSeconds(30);
        ClientOptions options = ClientOptions.of("127.0.0.1", node.port(), "10001")
                .trusting(certificate.authority())
                .withPassword("secret")
                .with(new Patience(true, Duration.ofMillis(1), Duration.ofMillis(5), patience, patience, 10));
        ClientSentences sentences = new ClientSentences(Messages.of(Locale.ENGLISH), options);
        Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
        PrintWriter printer = new PrintWriter(out);
        View view = new PlainView(printer, printer, sentences.messages(), clock);
        Input input = new Input(new BufferedReader(new PipedReader(typed)), null);
        Chat chat = new Chat(new ParleyClient(vertx, options), input::line, view, thread, sentences, clock);
        exit = CompletableFuture.supplyAsync(() -> {
            try {
                return chat.run();
            } catch (InterruptedException | ExecutionException ended) {
                throw new CompletionException(ended.getCause());
            }
        });
        peer = node.acceptVerified();
    }

    @AfterEach
    void close() throws IOException {
        typed.close();
        node.close();
        thread.close();
    }

    @Test
    void aRoomIsEnteredTalkedInLookedIntoAndLeft() throws Exception {
        type("/room lobby", "hello");
        assertThat(peer.next()).isEqualTo(new Question.Join("lobby"));
        peer.send(new Event.Entered("lobby", ME), new Event.Entered("lobby", LI));
        Command.Say said = (Command.Say) peer.next();
        assertThat(said).isEqualTo(new Command.Say(said.clientId(), "lobby", "hello"));
        peer.send(
                new Event.Receipted(Receipt.sent(said.clientId(), "m")),
                heard("c1", Audience.room("lobby"), "hi\nthere"),
                new Event.Left("lobby", LI));
        type("/room", "/look");
        assertThat(peer.next()).isEqualTo(new Question.Look(null));
        peer.send(new Event.LookAnswer(Map.of("lobby", List.of("张三", "a\u0007b")), Map.of("lobby", 9)));
        type("/look empty");
        assertThat(peer.next()).isEqualTo(new Question.Look("empty"));
        peer.send(new Event.LookAnswer(Map.of(), Map.of()));
        type("/leave", "nobody hears this");
        assertThat(peer.next()).isEqualTo(new Question.Leave("lobby"));
        peer.send(new Event.Left("lobby", ME));
        type("/room");
        leave();
        assertThat(out.toString().lines())
                .containsSubsequence("Now talking to #lobby.", "You are in #lobby.", "李␛[2J四 (10002) came into #lobby.")
                .containsSubsequence("22:13:20 李四 (10002) #lobby: hi␊there", "李␛[2J四 (10002) left #lobby.")
                .contains("sent to #lobby", "#lobby (11): 张三, a␇b, …", "#empty: nobody", "You have left #lobby.")
                .contains("To whom? Type /msg UID, /group ID or /room NAME first.")
                .contains("You are in no room; /room NAME enters one.");
    }

    @Test
    void whoMayNotEnterSaysNothingThere() throws Exception {
        type("/room secret");
        peer.next();
        peer.send(new Event.Failed(NO, Question.Join.ID, null));
        Eventually.holds(
                "refused", () -> out.toString().contains("You are not in #secret: This account may not do that."));
        type("is anybody here?", "/leave", "/say hello");
        leave();
        assertThat(out.toString().lines())
                .contains("To whom? Type /msg UID, /group ID or /room NAME first.")
                .contains("Which room? Type /leave NAME; /room lists yours.")
                .contains("In which room? Type /room NAME first.");
    }

    @Test
    void roomsAreKeptOverAReconnectAndALostOneIsTold() throws Exception {
        enter("lobby");
        enter("cafe");
        peer.close();
        peer = node.acceptVerified();
        assertThat(peer.next()).isEqualTo(new Question.Join("lobby"));
        peer.send(new Event.Entered("lobby", ME));
        assertThat(peer.next()).isEqualTo(new Question.Join("cafe"));
        peer.send(new Event.Failed(NO, Question.Join.ID, null));
        Eventually.holds("told", () -> out.toString().contains("You are not in #cafe: This account may not do that."));
        type("/msg 10002", "/say to the only room");
        assertThat(peer.next()).isInstanceOfSatisfying(Command.Say.class, said -> assertThat(said.room())
                .isEqualTo("lobby"));
        peer.send(new Event.Bye(ByeReason.KICKED, Duration.ZERO));
        assertThat(exit.get(FakeNode.PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void aGroupIsMadeChangedListedAndWrittenTo() throws Exception {
        type("/group team 10002 10003");
        Question.GroupCreate create = (Question.GroupCreate) peer.next();
        assertThat(create).isEqualTo(new Question.GroupCreate(create.clientId(), "team", List.of("10002", "10003")));
        peer.send(new Event.GroupCreated(create.clientId(), "g1"));
        type("/group g1 +10004 -10003");
        assertThat(peer.next()).isEqualTo(new Question.GroupChange("g1", List.of("10004"), List.of("10003")));
        peer.send(new Event.GroupChanged("g1"));
        type("/group g2 -10001");
        peer.next();
        peer.send(new Event.Failed(new Refusal(ErrorCode.UNKNOWN_GROUP, "no"), Question.GroupChange.ID, null));
        type("/group");
        assertThat(peer.next()).isEqualTo(new Question.GroupList());
        peer.send(new Event.GroupsAnswer(List.of(new GroupInfo("g1", "te\u001bam", "10001", 3))));
        Eventually.holds("the list is shown", () -> out.toString().contains("owner 10001"));
        type("/group g1", "早");
        Command.Group sent = (Command.Group) peer.next();
        assertThat(sent).isEqualTo(new Command.Group(sent.clientId(), List.of(), "g1", "早"));
        peer.send(new Event.Receipted(Receipt.stored(sent.clientId(), "m", "accepted")
                .with(new Receipt.Spread(Map.of(), Map.of(), Map.of(Status.DELIVERED, 3, Status.STORED, 2)))));
        leave();
        assertThat(out.toString().lines())
                .contains("The group team is made. Its id is g1; /group g1 writes to it.")
                .contains("Changed who is in &g1.", "&g2: There is no such group; /group lists yours.")
                .contains("te␛am" + " ".repeat(23) + " g1  members 3, owner 10001")
                .contains("Now talking to &te␛am (g1).", "&g1: delivered 3, stored 2");
    }

    @Test
    void aRefusedGroupMessageSaysHowManyItReached() throws Exception {
        type("/group g1");
        peer.next(); // The name of the group is asked for
        peer.send(new Event.GroupsAnswer(List.of()));
        type("hello");
        Command.Group sent = (Command.Group) peer.next();
        Refusal full = new Refusal(ErrorCode.MAILBOX_FULL, "full");
        peer.send(new Event.Receipted(Receipt.refused(sent.clientId(), "m", full)
                .with(new Receipt.Spread(Map.of(), Map.of(), Map.of(Status.DELIVERED, 1, Status.REFUSED, 1)))));
        leave();
        assertThat(out.toString().lines())
                .contains("Not sent to &g1: Their mailbox is full: it takes no more until they come and read."
                        + " (delivered 1, refused 1)");
    }

    @Test
    void whatArrivesSaysForWhomItIsAndIsShownOnce() throws Exception {
        peer.send(
                delivery("c1", Audience.group("g1")),
                delivery("c2", Audience.group(null)),
                heard("c3", Audience.EVERYBODY, "back in 5"),
                heard("c3", Audience.EVERYBODY, "back in 5"),
                heard("c4", Audience.room("lobby"), "hello"));
        Eventually.holds("shown", () -> out.toString().contains("#lobby: hello"));
        leave();
        assertThat(out.toString().lines())
                .contains("22:13:20 李四 (10002) &g1: text of c1", "22:13:20 李四 (10002) (to several): text of c2")
                .containsOnlyOnce("22:13:20 李四 (10002) (to everybody): back in 5");
    }

    @Test
    void aBroadcastIsSentOrRefused() throws Exception {
        type("/broadcast back in 5", "/broadcast again");
        Command.Broadcast first = (Command.Broadcast) peer.next();
        Command.Broadcast second = (Command.Broadcast) peer.next();
        assertThat(first.content()).isEqualTo("back in 5");
        peer.send(
                new Event.Receipted(Receipt.sent(first.clientId(), "m")),
                new Event.Receipted(Receipt.refused(second.clientId(), null, NO)));
        leave();
        assertThat(out.toString().lines())
                .contains("sent to everybody", "Not sent to everybody: This account may not do that.");
    }

    private void enter(String room) throws Exception {
        type("/room " + room);
        assertThat(peer.next()).isEqualTo(new Question.Join(room));
        peer.send(new Event.Entered(room, ME));
        Eventually.holds("in", () -> out.toString().contains("You are in #" + room));
    }

    private Event delivery(String clientId, Audience audience) {
        return new Event.Delivery(
                ++seq, false, MessageJson.envelope(message(clientId, audience, "text of " + clientId)));
    }

    private static Event heard(String clientId, Audience audience, String text) {
        return new Event.Heard(MessageJson.envelope(message(clientId, audience, text)));
    }

    private static Message message(String clientId, Audience audience, String text) {
        return new Message("m" + clientId, clientId, "10002", "李四", text, NOW, audience);
    }

    private void type(String... lines) throws IOException {
        typed.write(String.join("\n", lines) + "\n");
        typed.flush();
    }

    private void leave() throws Exception {
        typed.close();
        Object next = peer.next();
        while (!next.equals(new Command.Logout())) {
            next = peer.next();
        }
        peer.send(new Event.Bye(ByeReason.LOGOUT, Duration.ZERO));
        assertThat(exit.get(FakeNode.PATIENCE_SECONDS, TimeUnit.SECONDS)).isZero();
    }
}
