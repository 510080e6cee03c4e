package io.parley.script;

import static io.parley.testkit.FakeNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.Messages;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Receipt;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SendCommandTest {

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
    void aDeliveredMessagePrintsItsReceiptAndExitsWithZero() throws Exception {
        CompletableFuture<Integer> exit = send("--to", "10002", "hello");
        FakeNode.Peer peer = node.accept();
        assertThat(peer.next()).isEqualTo(new Command.Verify("10001", "pass word", null));
        peer.send(FakeNode.verified(null));
        Command.Single sent = (Command.Single) peer.next();
        assertThat(sent.content()).isEqualTo("hello");
        peer.send(new Event.Receipted(Receipt.delivered(sent.clientId(), "m1")));
        assertThat(peer.next()).isEqualTo(new Command.Logout());
        peer.send(new Event.Bye(ByeReason.LOGOUT, Duration.ZERO));
        assertThat(code(exit)).isZero();
        assertThat(out.toString()).isEqualTo("delivered m1 10002" + System.lineSeparator());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aRefusedMessageExitsWithThreeAndSaysWhyOnStandardError() throws Exception {
        CompletableFuture<Integer> exit = send("--to", "nobody", "hello");
        FakeNode.Peer peer = node.acceptVerified();
        Command.Single sent = (Command.Single) peer.next();
        Refusal refusal = new Refusal(ErrorCode.UNKNOWN_USER, "there is no account nobody");
        peer.send(new Event.Receipted(Receipt.refused(sent.clientId(), null, refusal)));
        peer.next();
        peer.close();
        assertThat(code(exit)).isEqualTo(3);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("Not sent to nobody: Refused (unknown_user): there is no account nobody");
    }

    @Test
    void withoutAReceiptInTimeItExitsWithFour() throws Exception {
        CompletableFuture<Integer> exit = send("--to", "10002", "--timeout", "1", "hello");
        node.acceptVerified();
        assertThat(code(exit)).isEqualTo(4);
        assertThat(err.toString()).contains("No receipt within 1 s", "may have arrived or not");
    }

    @Test
    void whoIsKickedWithoutAReceiptIsInDoubt() throws Exception {
        CompletableFuture<Integer> exit = send("--to", "10002", "hello");
        FakeNode.Peer peer = node.acceptVerified();
        peer.next();
        peer.send(new Event.Bye(ByeReason.KICKED, Duration.ZERO));
        assertThat(code(exit)).isEqualTo(4);
        assertThat(err.toString()).contains("logged in elsewhere", "may have arrived or not");
    }

    @Test
    void oneOfSeveralRecipientsThatIsRefusedDecidesTheExitCode() throws Exception {
        CompletableFuture<Integer> exit = send("--to", "10002", "--to", "no", "--to", "10002", "--json", "hi");
        FakeNode.Peer peer = node.acceptVerified();
        Command.Single first = (Command.Single) peer.next();
        Command.Single second = (Command.Single) peer.next();
        assertThat(List.of(first.chatTo(), second.chatTo())).containsExactly("10002", "no");
        peer.send(new Event.Receipted(Receipt.stored(first.clientId(), "m1", "accepted")));
        Refusal refusal = new Refusal(ErrorCode.UNKNOWN_USER, "no \u001b[2J account\u202e");
        peer.send(new Event.Receipted(Receipt.refused(second.clientId(), null, refusal)));
        assertThat(peer.next()).isEqualTo(new Command.Logout());
        peer.send(new Event.Bye(ByeReason.LOGOUT, Duration.ZERO));
        assertThat(code(exit)).isEqualTo(3);
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"chat_to\":\"10002\",\"status\":\"stored\",\"client_id\":\"" + first.clientId()
                                + "\",\"message_id\":\"m1\",\"durability\":\"accepted\"}",
                        "{\"chat_to\":\"no\",\"status\":\"refused\",\"client_id\":\"" + second.clientId()
                                + "\",\"error\":\"unknown_user\",\"detail\":\"no \\u001B[2J account\\u202E\"}");
    }

    @Test
    void aMessageOverTheLimitIsRefusedWithoutAConnection() throws Exception {
        assertThat(code(send("--to", "10002", "x".repeat(65_536)))).isEqualTo(3);
        assertThat(err.toString()).contains("Not sent to 10002: Refused (frame_too_large)", "65536 bytes");
        assertThat(code(send("--to", "10002", ""))).isEqualTo(2);
        assertThat(err.toString()).contains("the message is empty");
        assertThat(node.hasNoOtherConnection()).isTrue();
    }

    @Test
    void wrongUsageExitsWithTwo() throws Exception {
        assertThat(code(send("--to", "a b", "hello"))).isEqualTo(2);
        assertThat(code(send("--to", "10002", "--token-file", "t", "hello"))).isEqualTo(2);
        assertThat(code(send("--to", "10002"))).isEqualTo(2);
        assertThat(code(send("--to", "10002", "--timeout", "0", "x"))).isEqualTo(2);
        assertThat(code(send("--to", "10002", "--port", "70000", "x"))).isEqualTo(2);
        assertThat(code(send("--to", "10002", "--lines", "x"))).isEqualTo(2);
        assertThat(code(send("--to", "10002", "--profile", "../x", "x"))).isEqualTo(2);
        assertThat(node.hasNoOtherConnection()).isTrue();
    }

    private CompletableFuture<Integer> send(String... more) throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "pass word\n");
        List<String> arguments = new ArrayList<>(List.of(
                "--user", "10001", "--ca", certificate.authority().toString(), "--password-file", password.toString()));
        arguments.addAll(List.of("--port", String.valueOf(node.port())));
        arguments.addAll(List.of(more));
        CommandLine command = new CommandLine(new SendCommand())
                .setOverwrittenOptionsAllowed(true)
                .setResourceBundle(Messages.of(Locale.ENGLISH).bundle())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return CompletableFuture.supplyAsync(() -> command.execute(arguments.toArray(String[]::new)));
    }

    private static int code(CompletableFuture<Integer> exit) throws Exception {
        return exit.get(FakeNode.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
