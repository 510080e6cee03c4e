package io.parley.cli.chat;

import static io.parley.cli.chat.TestTerminal.ENTER;
import static io.parley.cli.chat.TestTerminal.TAB;
import static io.parley.testkit.FakeNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.ClientSentences;
import io.parley.cli.Messages;
import io.parley.client.ClientOptions;
import io.parley.client.ParleyClient;
import io.parley.codec.json.MessageJson;
import io.parley.protocol.Audience;
import io.parley.protocol.Command;
import io.parley.protocol.Event;
import io.parley.protocol.GroupInfo;
import io.parley.protocol.Message;
import io.parley.protocol.Person;
import io.parley.protocol.Question;
import io.parley.protocol.Receipt;
import io.parley.protocol.Receipt.Status;
import io.parley.testkit.FakeNode;
import io.parley.testkit.TestCertificate;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups, rooms and broadcasts on a screen of 80 by 24. */
class PlacesInTerminalTest {

    private static final Person ME = new Person("10001", "张三");

    private static Vertx vertx;
    private static TestCertificate certificate;

    private final FakeNode node = new FakeNode(vertx, certificate);
    private final TestTerminal person = new TestTerminal();
    private final ChatThread thread = new ChatThread();
    private Chat chat;
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
        ClientOptions options = ClientOptions.of("127.0.0.1", node.port(), "10001")
                .trusting(certificate.authority())
                .withPassword("secret");
        ClientSentences sentences = new ClientSentences(Messages.of(Locale.ENGLISH), options);
        LineEditor editor = new LineEditor(person.terminal(), null);
        Clock clock = Clock.systemUTC();
        View view =
                new TerminalView(editor, new Layout(clock, true), sentences.messages(), thread, Duration.ofSeconds(10));
        chat = new Chat(new ParleyClient(vertx, options), editor, view, thread, sentences, clock);
        CompletableFuture.runAsync(this::run);
        peer = node.acceptVerified();
        person.awaitLine(">");
    }

    private void run() {
        try {
            chat.run();
        } catch (InterruptedException | ExecutionException ended) {
            throw new IllegalStateException(ended);
        }
    }

    @AfterEach
    void close() {
        chat.hangUp();
        thread.close();
        node.close();
    }

    @Test
    void aRoomIsAConversationAndPlainLinesAreSaidThere() throws Exception {
        enter("lobby");
        person.type("hello" + ENTER);
        Command.Say said = (Command.Say) peer.next();
        assertThat(said.content()).isEqualTo("hello");
        peer.send(new Event.Receipted(Receipt.sent(said.clientId(), "m")));
        person.awaitMessage("me              hello sent");
        heard("10002", "李四", "hi", Audience.room("lobby"));
        person.awaitMessage("10002 李四      hi");
    }

    @Test
    void otherConversationsAreCountedAndWhoComesToOtherRoomsIsNotTold() throws Exception {
        enter("lobby");
        enter("cafe");
        heard("10002", "李四", "unread", Audience.room("lobby"));
        person.awaitLine("There is something new in #lobby; /room lobby shows it.");
        person.awaitLine("[#lobby 1] #cafe>");
        Person li = new Person("10002", "李四");
        peer.send(new Event.Entered("lobby", li), new Event.Entered("cafe", li));
        person.awaitLine("李四 (10002) came into #cafe.");
        assertThat(String.join("\n", person.lines())).doesNotContain("unread", "came into #lobby");
        person.type("/room lobby" + ENTER);
        person.awaitLine("-- #lobby --");
        person.awaitMessage("10002 李四      unread");
        person.awaitLine("#lobby>");
    }

    @Test
    void aPersonWhoIsCalledLikeTheRoomIsAnotherConversation() throws Exception {
        enter("lobby");
        peer.send(
                new Event.Delivery(++seq, false, MessageJson.envelope(message("lobby", "#lobby", "x", Audience.ONE))));
        person.awaitLine("[#lobby 1] #lobby>");
        person.awaitLine("#lobby (lobby) wrote to you; /msg lobby shows it.");
    }

    @Test
    void whoLeavesARoomTalksToNobodyUntilTheyChoose() throws Exception {
        enter("lobby");
        person.type("/leave" + ENTER);
        assertThat(peer.next()).isEqualTo(new Question.Leave("lobby"));
        peer.send(new Event.Left("lobby", ME));
        person.awaitLine("You have left #lobby.");
        person.awaitLine(">");
    }

    @Test
    void theReceiptOfAGroupCountsAndItsNameIsInThePrompt() throws Exception {
        person.type("/group g1" + ENTER);
        assertThat(peer.next()).isEqualTo(new Question.GroupList());
        peer.send(new Event.GroupsAnswer(List.of(new GroupInfo("g1", "Friday", "10001", 5))));
        person.awaitLine("&Friday (g1)>");
        person.type("早" + ENTER);
        Command.Group sent = (Command.Group) peer.next();
        peer.send(new Event.Receipted(Receipt.stored(sent.clientId(), "m", "accepted")
                .with(new Receipt.Spread(Map.of(), Map.of(), Map.of(Status.DELIVERED, 3, Status.STORED, 2)))));
        person.awaitMessage("me              早 delivered 3, stored 2");
    }

    @Test
    void aBroadcastIsShownAtOnceWhateverTheConversation() throws Exception {
        enter("lobby");
        heard("10002", "李\u001b[2J四", "back in 5", Audience.EVERYBODY);
        person.awaitMessage("10002 李␛[2J四  back in 5 (to everybody)");
        person.awaitLine("#lobby>");
    }

    @Test
    void tabCompletesCommandsRoomsAndGroups() throws Exception {
        enter("lobby");
        person.type("/group" + ENTER);
        assertThat(peer.next()).isEqualTo(new Question.GroupList());
        peer.send(new Event.GroupsAnswer(List.of(new GroupInfo("g1x", "Friday", "10001", 5))));
        person.awaitLine("Friday                       g1x  members 5, owner 10001");
        person.type("/br" + TAB);
        person.awaitLine("#lobby> /broadcast");
        person.type("\u0015/look lo" + TAB);
        person.awaitLine("#lobby> /look lobby");
        person.type("\u0015/group fri" + TAB);
        person.awaitLine("#lobby> /group g1x");
        person.type("\u0015/msg lo" + TAB + "x");
        person.awaitLine("#lobby> /msg lox");
    }

    private void enter(String room) throws Exception {
        person.type("/room " + room + ENTER);
        assertThat(peer.next()).isEqualTo(new Question.Join(room));
        peer.send(new Event.Entered(room, ME));
        person.awaitLine("You are in #" + room + ".");
        person.awaitLine("#" + room + ">");
    }

    private void heard(String from, String name, String text, Audience audience) {
        peer.send(new Event.Heard(MessageJson.envelope(message(from, name, text, audience))));
    }

    private Message message(String from, String name, String text, Audience audience) {
        return new Message("m", "c" + ++seq, from, name, text, System.currentTimeMillis(), audience);
    }
}
