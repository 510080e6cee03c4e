package io.parley.cli.chat;

import static io.parley.testkit.FakeNode.await;
import static io.parley.testkit.FakeNode.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.cli.ClientSentences;
import io.parley.cli.Input;
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
import io.parley.protocol.Question;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.parley.testkit.Eventually;
import io.parley.testkit.FakeNode;
import io.parley.testkit.TestCertificate;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
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

class PlainChatTest {

    private static final long NOW = 1_700_000_000_000L; // 2023-11-14 22:13:20 UTC

    private static final String KEPT = "kept for 10002 until there is a connection again";

    private static Vertx vertx;
    private static TestCertificate certificate;

    private final FakeNode node = new FakeNode(vertx, certificate);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final ClosablePipe output = new ClosablePipe(out);
    private final ChatThread thread = new ChatThread();
    private final PipedWriter typed = new PipedWriter();
    private CompletableFuture<Integer> exit;

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
    void begin() throws IOException {
        ClientOptions options = ClientOptions.of("127.0.0.1", node.port(), "10001")
                .trusting(certificate.authority())
                .withPassword("secret")
                .with(new Patience(
                        true,
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        10));
        ClientSentences sentences = new ClientSentences(Messages.of(Locale.ENGLISH), options);
        Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
        View view = new PlainView(new PrintWriter(output), new PrintWriter(err), sentences.messages(), clock);
        Input input = new Input(new BufferedReader(new PipedReader(typed)), null);
        ParleyClient client = new ParleyClient(vertx, options);
        Chat chat = new Chat(client, input::line, view, thread, sentences, clock);
        exit = CompletableFuture.supplyAsync(() -> run(chat));
    }

    @AfterEach
    void close() throws IOException {
        typed.close();
        node.close();
        thread.close();
    }

    private static int run(Chat chat) {
        try {
            return chat.run();
        } catch (InterruptedException | ExecutionException ended) {
            throw new CompletionException(ended.getCause());
        }
    }

    /** Whose reader may go away. */
    private static final class ClosablePipe extends FilterWriter {
        private volatile boolean closed;

        ClosablePipe(Writer writer) {
            super(writer);
        }

        @Override
        public void write(String text, int from, int length) throws IOException {
            if (closed) {
                throw new IOException("Broken pipe");
            }
            super.write(text, from, length);
        }
    }

    @Test
    void pipedLinesAreSentAndTheChatEndsAfterTheirReceipts() throws Exception {
        type("/msg 10002 hello", "  ", "how are you?", "//quit is a command");
        typed.close();
        FakeNode.Peer peer = node.acceptVerified();
        assertThat(receiptFor(peer, "10002", "hello", "delivered")).isTrue();
        assertThat(receiptFor(peer, "10002", "how are you?", "stored")).isTrue();
        assertThat(receiptFor(peer, "10002", "/quit is a command", "refused")).isTrue();
        leave(peer);
        assertThat(out.toString())
                .contains(
                        "Connected as 张三 (10001)",
                        "delivered to 10002 ✓",
                        "stored until 10002 comes back",
                        "Not sent to 10002: Their mailbox is full");
    }

    @Test
    void whatArrivesIsOneHarmlessLineWithTimeNameAndId() throws Exception {
        FakeNode.Peer peer = node.acceptVerified();
        long yesterday = NOW - Duration.ofDays(1).toMillis();
        Message hostile = new Message("m2", "c2", "10003", "王\u001b[31m五", "a\nb\u001b[2J", yesterday);
        peer.send(delivery(1, "c1"), new Event.Delivery(2, true, MessageJson.envelope(hostile)));
        // One for both, or one for each: as the reads fall.
        Object ack = peer.next();
        if (ack.equals(new Command.Ack(1))) {
            ack = peer.next();
        }
        assertThat(ack).isEqualTo(new Command.Ack(2));
        type("/quit");
        leave(peer);
        assertThat(out.toString().lines())
                .contains("22:13:20 李四 (10002): text of c1")
                .contains("2023-11-13 22:13:20 王␛[31m五 (10003) (waited): a␊b␛[2J");
    }

    @Test
    void aLoginElsewhereEndsTheChatWithItsReason() throws Exception {
        node.acceptVerified().send(new Event.Bye(ByeReason.KICKED, Duration.ZERO));
        assertThat(exit.get(FakeNode.PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(err.toString()).contains("This account logged in elsewhere");
    }

    @Test
    void aWrongPasswordIsOneSentence() throws Exception {
        FakeNode.Peer peer = node.accept();
        peer.next();
        peer.send(new Event.NotVerified(new Refusal(ErrorCode.BAD_CREDENTIALS, "no")));
        assertThat(exit.get(FakeNode.PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("The user id and the password (or token) do not match.");
    }

    @Test
    void aLostConnectionIsToldAndSoIsItsReturn() throws Exception {
        node.acceptVerified().close();
        FakeNode.Peer second = node.acceptVerified();
        type("/quit");
        leave(second);
        assertThat(out.toString()).contains("was lost. Trying again in 1 s.", "Connected again");
    }

    @Test
    void mistypedLinesAreExplained() throws Exception {
        FakeNode.Peer peer = node.acceptVerified();
        type("hello?", "/msg", "/mgs 10002 x", "/online", "/help", "/list", "/who", "/msg 10002", "/list");
        type("/online 10002 10003");
        assertThat(peer.next()).isEqualTo(new Question.Online(List.of("10002", "10003")));
        peer.send(new Event.OnlineAnswer(Map.of("10002", true, "10003", false)));
        type("/quit");
        leave(peer);
        assertThat(out.toString())
                .contains(
                        "To whom?",
                        "Type /msg UID TEXT",
                        "There is no command /mgs",
                        "Type /online UID",
                        "/quit",
                        "There are no conversations yet",
                        "You are 张三 (10001), connected to 127.0.0.1:" + node.port() + " since 22:13.",
                        "Now talking to 10002.",
                        "> 10002")
                .doesNotContain("\u001b");
        assertThat(out.toString().lines()).contains("10002 is online", "10003 is not online");
    }

    @Test
    void aMessageOverTheLimitIsRefusedHereAndTheChatGoesOn() throws Exception {
        FakeNode.Peer peer = node.acceptVerified();
        type("/msg 10002 " + "字".repeat(22_000), "short");
        assertThat(receiptFor(peer, "10002", "short", "delivered")).isTrue();
        type("/quit");
        leave(peer);
        assertThat(out.toString()).contains("Not sent to 10002: The message is larger than a node takes.");
    }

    @Test
    void whatIsTypedWithoutAConnectionIsKeptAndSentOnceWhenItIsBack() throws Exception {
        FakeNode.Peer first = node.acceptVerified();
        first.send(new Event.Bye(ByeReason.DRAINING, Duration.ofSeconds(1)));
        Eventually.holds("told", () -> out.toString().contains("The node is being restarted. Trying again in 1 s."));
        type("/msg 10002 one", "two");
        Eventually.holds(
                "kept", () -> out.toString().lines().filter(KEPT::equals).count() == 2);
        FakeNode.Peer second = node.acceptVerified();
        assertThat(receiptFor(second, "10002", "one", "delivered")).isTrue();
        assertThat(receiptFor(second, "10002", "two", "stored")).isTrue();
        type("/quit");
        leave(second);
        assertThat(out.toString().lines().filter("delivered to 10002 ✓"::equals))
                .hasSize(1);
    }

    @Test
    void manyTriesToComeBackAreOneLine() throws Exception {
        FakeNode.Peer first = node.acceptVerified();
        first.close();
        for (int i = 0; i < 5; i++) {
            node.accept().close();
        }
        FakeNode.Peer last = node.acceptVerified();
        type("/quit");
        leave(last);
        assertThat(out.toString().lines().filter(line -> line.contains("Trying again")))
                .hasSize(1);
    }

    @Test
    void whatTheOutputDoesNotTakeIsNotAcknowledgedAndEndsTheChat() throws Exception {
        FakeNode.Peer peer = node.acceptVerified();
        Eventually.holds("connected", () -> out.toString().contains("Connected"));
        output.closed = true;
        peer.send(delivery(1, "c1"));
        assertThatThrownBy(() -> exit.get(FakeNode.PATIENCE_SECONDS, TimeUnit.SECONDS))
                .hasRootCauseMessage("standard output cannot be written")
                .hasCauseInstanceOf(UncheckedIOException.class);
        peer.awaitClosed();
        assertThat(peer.heardNothing()).isTrue();
    }

    @Test
    void leavingWaitsForReceiptsAndWithoutThemItIsNoSuccess() throws Exception {
        type("/msg 10002 hello");
        typed.close();
        FakeNode.Peer peer = node.acceptVerified();
        assertThat(peer.next()).isInstanceOf(Command.Single.class);
        peer.send(new Event.Bye(ByeReason.KICKED, Duration.ZERO));
        assertThat(exit.get(FakeNode.PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(out.toString()).contains("No receipt for the message to 10002");
    }

    private void type(String... lines) throws IOException {
        typed.write(String.join("\n", lines) + "\n");
        typed.flush();
    }

    private static boolean receiptFor(FakeNode.Peer peer, String to, String text, String status) throws Exception {
        Command.Single sent = (Command.Single) peer.next();
        String id = sent.clientId();
        Receipt receipt =
                switch (status) {
                    case "delivered" -> Receipt.delivered(id, "m");
                    case "stored" -> Receipt.stored(id, "m", "accepted");
                    default -> Receipt.refused(id, null, new Refusal(ErrorCode.MAILBOX_FULL, "full"));
                };
        peer.send(new Event.Receipted(receipt));
        return sent.chatTo().equals(to) && sent.content().equals(text);
    }

    private void leave(FakeNode.Peer peer) throws Exception {
        assertThat(peer.next()).isEqualTo(new Command.Logout());
        peer.send(new Event.Bye(ByeReason.LOGOUT, Duration.ZERO));
        assertThat(exit.get(FakeNode.PATIENCE_SECONDS, TimeUnit.SECONDS)).isZero();
    }
}
