package io.parley.cli;

import static io.parley.testkit.FakeNode.await;
import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(out.toString()).isEqualTo("delivered m1" + System.lineSeparator());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aRefusedMessageExitsWithOneAndSaysWhyOnStandardError() throws Exception {
        CompletableFuture<Integer> exit = send("--to", "nobody", "hello");
        FakeNode.Peer peer = node.acceptVerified();
        Command.Single sent = (Command.Single) peer.next();
        Refusal refusal = new Refusal(ErrorCode.UNKNOWN_USER, "there is no account nobody");
        peer.send(new Event.Receipted(Receipt.refused(sent.clientId(), null, refusal)));
        peer.next();
        peer.close();
        assertThat(code(exit)).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("Not sent to nobody: Refused (unknown_user): there is no account nobody");
    }

    @Test
    void withoutAReceiptInTimeItExitsWithOne() throws Exception {
        CompletableFuture<Integer> exit = send("--to", "10002", "--timeout", "1", "hello");
        node.acceptVerified();
        assertThat(code(exit)).isEqualTo(1);
        assertThat(err.toString()).contains("No receipt within 1 s");
    }

    @Test
    void wrongUsageExitsWithTwo() throws Exception {
        assertThat(code(send("--to", "a b", "hello"))).isEqualTo(2);
        assertThat(code(send("--to", "10002", "--token-file", "t", "hello"))).isEqualTo(2);
        assertThat(code(send("--to", "10002"))).isEqualTo(2);
        assertThat(code(send("--to", "10002", "--timeout", "0", "x"))).isEqualTo(2);
        assertThat(code(send("--to", "10002", "--port", "70000", "x"))).isEqualTo(2);
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
