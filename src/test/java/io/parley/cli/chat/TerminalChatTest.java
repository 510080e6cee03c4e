package io.parley.cli.chat;

import static io.parley.cli.chat.TestTerminal.CTRL_C;
import static io.parley.cli.chat.TestTerminal.CTRL_D;
import static io.parley.cli.chat.TestTerminal.ENTER;
import static io.parley.cli.chat.TestTerminal.TAB;
import static io.parley.cli.chat.TestTerminal.UP;
import static io.parley.testkit.FakeNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.ClientSentences;
import io.parley.cli.Messages;
import io.parley.client.ClientOptions;
import io.parley.client.ClientOptions.Patience;
import io.parley.client.ParleyClient;
import io.parley.codec.json.MessageJson;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Message;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.parley.testkit.FakeNode;
import io.parley.testkit.TestCertificate;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees on a screen of 80 by 24. */
class TerminalChatTest {

    private static Vertx vertx;
    private static TestCertificate certificate;

    @TempDir
    Path directory;

    private final FakeNode node = new FakeNode(vertx, certificate);
    private TestTerminal person;
    private ChatThread thread;
    private Chat chat;
    private CompletableFuture<Integer> exit;
    private FakeNode.Peer peer;
    private long seq;
    private Command.Single unanswered;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        certificate = TestCertificate.of("ip:127.0.0.1");
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    /** Messages are shown with their receipts, however busy this machine is. */
    @BeforeEach
    void begin() throws Exception {
        begin(Duration.ofSeconds(10));
    }

    private void beginAgain(Duration moment) throws Exception {
        leaveBy(CTRL_D);
        thread.close();
        begin(moment);
    }

    private void begin(Duration moment) throws Exception {
        person = new TestTerminal();
        thread = new ChatThread();
        seq = 0;
        Patience restless = new Patience(
                true,
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                2_000);
        ClientOptions options = ClientOptions.of("127.0.0.1", node.port(), "10001")
                .trusting(certificate.authority())
                .withPassword("secret")
                .with(restless);
        ClientSentences sentences = new ClientSentences(Messages.of(Locale.ENGLISH), options);
        LineEditor editor = new LineEditor(person.terminal(), directory.resolve("history"));
        Clock clock = Clock.systemUTC();
        View view = new TerminalView(editor, new Layout(clock, true), sentences.messages(), thread, moment);
        chat = new Chat(new ParleyClient(vertx, options), editor, view, thread, sentences, clock);
        Chat running = chat;
        editor.onInterrupt(() -> thread.run(() -> view.tell("Ctrl-C again leaves.")), running::leaveNow);
        exit = CompletableFuture.supplyAsync(() -> run(running));
        peer = node.acceptVerified();
        person.awaitLine("Connected as 张三 (10001); messages waiting: 0. /help says what you can type.");
        person.awaitLine(">");
    }

    private static int run(Chat chat) {
        try {
            return chat.run();
        } catch (InterruptedException | ExecutionException ended) {
            throw new CompletionException(ended.getCause());
        }
    }

    @AfterEach
    void close() {
        chat.hangUp();
        thread.close();
        node.close();
    }

    @Test
    void whatIsBeingTypedSurvivesWhatArrives() throws Exception {
        person.type("/msg 10002 half 一半");
        person.awaitLine("> /msg 10002 half 一半");
        says("10002", "李四", "first");
        person.awaitMessage("10002 李四      first");
        person.awaitLine("> /msg 10002 half 一半");
        person.type(" done" + ENTER);
        assertThat(next("10002")).isEqualTo("half 一半 done");
    }

    @Test
    void oneConversationIsShownAtATimeAndTheOthersAreCounted() throws Exception {
        says("10002", "李四", "hello");
        person.awaitMessage("10002 李四      hello");
        person.type("/msg 10002" + ENTER);
        person.awaitLine("-- 李四 (10002) --");
        person.awaitLine("李四 (10002)>");
        says("10003", "王五", "one");
        says("10003", "王五", "two");
        person.awaitLine("王五 (10003) wrote to you; /msg 10003 shows it.");
        person.awaitLine("[王五 2] 李四 (10002)>");
        says("10002", "李四", "again");
        person.awaitMessage("李四            again");
        assertThat(person.lines()).noneMatch(line -> line.endsWith("two"));
        person.type("/msg 10003" + ENTER);
        person.awaitLine("-- 王五 (10003) --");
        person.awaitMessage("王五            one");
        person.awaitMessage("王五            two");
        person.awaitLine("王五 (10003)>");
        person.type("/list" + ENTER);
        person.awaitLine("> 王五 (10003)                " + now());
    }

    private static String now() {
        return "22:13"; // When every message of these tests was sent
    }

    @Test
    void whatNobodyHasLookedAtIsShownWhenTheChatEnds() throws Exception {
        person.type("/msg 10002" + ENTER);
        person.awaitLine("10002>");
        says("10003", "王五", "unread");
        person.awaitLine("[王五 1] 10002>");
        peer.send(new Event.Bye(ByeReason.KICKED, Duration.ZERO));
        assertThat(code()).isEqualTo(1);
        person.awaitLine("Messages that you have not seen yet: 1");
        person.awaitMessage("10003 王五      unread");
        assertThat(String.join(" ", person.lines())).contains("This account logged in elsewhere");
    }

    @Test
    void receiptsStandBehindTheMessageWhenTheyComeAtOnce() throws Exception {
        person.type("/msg 10002 fast" + ENTER);
        answer(Receipt.Status.DELIVERED);
        person.awaitMessage("me              fast ✓");
        person.type("away" + ENTER);
        answer(Receipt.Status.STORED);
        person.awaitMessage("me              away stored");
        person.type("never" + ENTER);
        answer(Receipt.Status.REFUSED);
        person.awaitMessage("me              never ✗");
        person.awaitLine("Not sent to 10002: There is no account with this id.");
    }

    @Test
    void receiptsThatAreLateAreOneQuietLine() throws Exception {
        beginAgain(Duration.ofMillis(50));
        person.type("/msg 10002" + ENTER);
        person.type("slow one" + ENTER);
        person.awaitMessage("me              slow one …");
        person.type("slow two" + ENTER);
        person.awaitMessage("me              slow two …");
        String one = ((Command.Single) peer.next()).clientId();
        String two = ((Command.Single) peer.next()).clientId();
        peer.send(new Event.Receipted(Receipt.delivered(one, "m1")), new Event.Receipted(Receipt.delivered(two, "m2")));
        person.awaitLine("delivered to 10002 ✓: 2 messages");
    }

    @Test
    void whatIsTypedOfflineIsMarkedAndAnsweredAfterTheReconnect() throws Exception {
        beginAgain(Duration.ofMillis(1));
        person.type("/msg 10002" + ENTER);
        person.awaitLine("10002>");
        peer.send(new Event.Bye(ByeReason.DRAINING, Duration.ofSeconds(1)));
        person.awaitLine("The node is being restarted. Trying again in 1 s.");
        person.awaitLine("offline 10002>");
        person.type("kept" + ENTER);
        person.awaitMessage("me              kept … not sent yet");
        peer = node.acceptVerified();
        person.awaitLine("Connected again; messages waiting: 0.");
        answer(Receipt.Status.DELIVERED);
        person.awaitLine("delivered to 10002 ✓: kept");
        person.awaitLine("10002>");
        leaveBy("/quit" + ENTER);
    }

    @Test
    void severalPastedLinesAreOneMessage() throws Exception {
        assertThat(person.written())
                .as("asks the terminal to mark what is pasted")
                .contains("\u001b[?2004h");
        person.type("/msg 10002 ");
        person.paste("one\n  two 第二行\n\"unclosed !quote\\");
        person.type(ENTER);
        assertThat(next("10002")).isEqualTo("one\n  two 第二行\n\"unclosed !quote\\");
        answer();
        person.awaitLine("                            two 第二行");
    }

    @Test
    void ctrlCOnceLeavesTheLineAndTwiceTheProgramWithTheTerminalAsItWas() throws Exception {
        assertThat(person.settings()).isNotEqualTo(new TestTerminal().settings());
        person.type("half");
        person.awaitLine("> half");
        person.type(CTRL_C);
        person.awaitLine("Ctrl-C again leaves.");
        person.awaitLine(">");
        person.type("another");
        person.awaitLine("> another");
        person.type(CTRL_C);
        person.awaitLine(">");
        assertThat(exit).isNotDone();
        leaveBy(CTRL_C);
        assertThat(person.settings()).isEqualTo(new TestTerminal().settings());
        assertThat(person.isPastingPlain()).isTrue();
    }

    @Test
    void ctrlDLeaves() throws Exception {
        leaveBy(CTRL_D);
    }

    @Test
    void leavingWaitsForReceiptsUntilCtrlC() throws Exception {
        person.type("/msg 10002 hello" + ENTER);
        assertThat(next("10002")).isEqualTo("hello");
        person.type("/quit" + ENTER);
        person.awaitLine("Messages without a receipt: 1. Waiting for it; Ctrl-C leaves at once.");
        person.type(CTRL_C);
        assertThat(peer.next()).isEqualTo(new Command.Logout());
        peer.send(new Event.Bye(ByeReason.LOGOUT, Duration.ZERO));
        assertThat(code()).isEqualTo(1);
        assertThat(String.join(" ", person.lines())).contains("No receipt for the message to 10002");
    }

    @Test
    void tabCompletesCommandsIdsAndNamesAndWritesTheId() throws Exception {
        says("10002", "李四", "a");
        says("10003", "王五", "b");
        person.awaitMessage("10003 王五      b");
        person.type("/ms" + TAB);
        person.awaitLine("> /msg");
        person.type("李" + TAB);
        person.awaitLine("> /msg 10002");
        person.type("hello" + ENTER);
        assertThat(next("10002")).isEqualTo("hello");
        answer();
        person.type("/online 1" + TAB);
        person.awaitLine("李四 (10002)> /online 1000");
        person.type(TAB);
        person.awaitLine("李四 (10002)   王五 (10003)");
    }

    @Test
    void linesOfEarlierRunsComeBackAndNobodyElseCanReadThem() throws Exception {
        person.type("/msg 10002 from the first run" + ENTER);
        next("10002");
        answer();
        beginAgain(Duration.ofSeconds(10));
        Path history = directory.resolve("history");
        assertThat(Files.getPosixFilePermissions(history)).hasSize(2);
        assertThat(Files.readString(history)).contains("from the first run").doesNotContain("secret");
        person.type(UP);
        person.awaitLine("> /msg 10002 from the first run");
    }

    @Test
    void aHostileNameOrTextChangesNothingOnTheScreen() throws Exception {
        person.type("/msg 10002" + ENTER);
        person.awaitLine("10002>");
        says("10002", "%{x\u001b[2J%}", "\u001b[1;1Hhere\u0007\u009b2J\u202e\n> /quit");
        person.awaitLine("%{x␛[2J%} (10002)>");
        person.awaitMessage("%{x␛[2J%}       ␛[1;1Hhere␇\ufffd2J\ufffd");
        person.awaitLine("-- 10002 --");
        assertThat(person.written())
                .doesNotContain("\u001b[2J")
                .doesNotContain("\u0007")
                .doesNotContain("\u009b");
    }

    @Test
    void aChatThatIsEndedFromOutsideLeavesTheTerminalAsItWas() throws Exception {
        person.type("half");
        person.awaitLine("> half");
        chat.hangUp();
        assertThat(code()).isEqualTo(1);
        assertThat(person.settings()).isEqualTo(new TestTerminal().settings());
        assertThat(person.isPastingPlain()).isTrue();
    }

    private void says(String id, String name, String text) throws InterruptedException {
        seq++;
        Message message = new Message("m" + seq, "c" + seq, id, name, text, todayAt2213());
        peer.send(new Event.Delivery(seq, false, MessageJson.envelope(message)));
        assertThat(peer.next()).isEqualTo(new Command.Ack(seq));
    }

    private static long todayAt2213() {
        long day = Duration.ofDays(1).toMillis();
        return System.currentTimeMillis() / day * day
                + Duration.ofMinutes(22 * 60 + 13).toMillis();
    }

    private String next(String to) throws InterruptedException {
        unanswered = (Command.Single) peer.next();
        assertThat(unanswered.chatTo()).isEqualTo(to);
        return unanswered.content();
    }

    private void answer() {
        peer.send(new Event.Receipted(Receipt.delivered(unanswered.clientId(), "m")));
    }

    private void answer(Receipt.Status status) throws InterruptedException {
        String id = ((Command.Single) peer.next()).clientId();
        Refusal unknown = new Refusal(ErrorCode.UNKNOWN_USER, "no");
        peer.send(new Event.Receipted(
                switch (status) {
                    case DELIVERED -> Receipt.delivered(id, "m");
                    case STORED -> Receipt.stored(id, "m", "accepted");
                    case SENT -> Receipt.sent(id, "m");
                    case REFUSED -> Receipt.refused(id, null, unknown);
                }));
    }

    private void leaveBy(String keys) throws Exception {
        person.type(keys);
        assertThat(peer.next()).isEqualTo(new Command.Logout());
        peer.send(new Event.Bye(ByeReason.LOGOUT, Duration.ZERO));
        assertThat(code()).isZero();
    }

    private int code() throws Exception {
        return exit.get(FakeNode.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
