package io.parley.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.Incoming;
import io.parley.client.ParleyClient;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Event;
import io.parley.testkit.Eventually;
import io.parley.testkit.FakeNode;
import io.parley.testkit.Program;
import io.parley.testkit.TestCertificate;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code parley send} as a script meets it: a process with pipes and an exit code, against a real node. */
class SendIT {

    private static TestNode node;
    private static Vertx vertx;

    @TempDir
    Path home;

    private final List<String> ids = TestNode.fresh(3);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);
    private final String eve = ids.get(2);
    private Path password;

    @BeforeAll
    static void start() {
        node = TestNode.start();
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        node.close();
        TestNode.await(vertx.close());
    }

    @BeforeEach
    void accounts() throws IOException {
        node.add(ids);
        password = Files.writeString(home.resolve("password"), TestNode.PASSWORD + "\n");
    }

    private String[] send(String... more) {
        return arguments(node.port(), TestNode.ca(), more);
    }

    private String[] arguments(int port, Path ca, String... more) {
        List<String> all = new ArrayList<>(List.of("send", "--user", ann, "--port", String.valueOf(port)));
        all.addAll(List.of("--ca", ca.toString(), "--password-file", password.toString()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** What an account gets, in order; it is connected when this returns. */
    private BlockingQueue<String> listen(String user) {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        ParleyClient client = new ParleyClient(vertx, TestNode.options(node.port(), user))
                .onMessage((Incoming incoming) -> heard.add(incoming.message().content()));
        TestNode.await(client.connect());
        return heard;
    }

    private static String next(BlockingQueue<String> heard) throws InterruptedException {
        String next = heard.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("a message").isNotNull();
        return next;
    }

    @Test
    void standardInputIsOneMessageWithAllItsLines() throws Exception {
        BlockingQueue<String> heard = listen(bob);
        Program.Ended ended = Program.run(home, "第一行\n\tsecond\n", send("--to", bob, "-"));
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).matches("delivered \\S+ " + bob + "\n");
        assertThat(next(heard)).isEqualTo("第一行\n\tsecond");
    }

    @Test
    void severalRecipientsGetItAndEachHasItsReceipt() throws Exception {
        BlockingQueue<String> heard = listen(bob);
        Program.Ended ended = Program.run(home, "", send("--to", bob, "--to", eve, "--json", "hi"));
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()
                        .lines()
                        .map(JsonObject::new)
                        .collect(Collectors.toMap(line -> line.getString("chat_to"), line -> line.getString("status"))))
                .hasSize(2)
                .containsEntry(bob, "delivered")
                .containsEntry(eve, "stored");
        assertThat(next(heard)).isEqualTo("hi");
    }

    @Test
    void everyLineIsAMessageInOrderAndTheBadOnesAreNamed() throws Exception {
        BlockingQueue<String> heard = listen(bob);
        StringBuilder input = new StringBuilder();
        IntStream.rangeClosed(1, 3_000)
                .forEach(i -> input.append("line ").append(i).append('\n'));
        input.append('\n').append("x".repeat(70_000)).append('\n').append("last, without an end");
        Program.Ended ended = Program.run(home, input.toString(), send("--to", bob, "--lines"));
        assertThat(ended.code()).as(ended.err()).isEqualTo(3);
        assertThat(ended.out()).isEqualTo("delivered 3001, stored 0, refused 1, without a receipt 0\n");
        assertThat(ended.err()).contains("Line 3002: Not sent to " + bob + ": Refused (frame_too_large)");
        assertThat(ended.err())
                .as("no progress line where there is no terminal")
                .doesNotContain("\r", "\u001b");
        for (int i = 1; i <= 3_000; i++) {
            assertThat(next(heard)).isEqualTo("line " + i);
        }
        assertThat(next(heard)).isEqualTo("last, without an end");
    }

    @Test
    void everyLineHasItsReceiptInJsonWithItsNumber() {
        byte[] input = "one\n\u0000\u001b[2J\n".getBytes(StandardCharsets.UTF_8);
        byte[] withBinary = java.util.Arrays.copyOf(input, input.length + 2);
        withBinary[input.length] = (byte) 0xff;
        withBinary[input.length + 1] = '\n';
        Program.Ended ended =
                Program.run(home, withBinary, send("--to", eve, "--to", "nobody-" + eve, "--lines", "--json"));
        assertThat(ended.code()).as(ended.err()).isEqualTo(3);
        List<JsonObject> lines = ended.out().lines().map(JsonObject::new).toList();
        assertThat(lines.stream().filter(line -> line.getString("status").equals("stored")))
                .extracting(line -> line.getInteger("line"))
                .containsExactly(1, 2);
        assertThat(lines.stream().filter(line -> line.getString("status").equals("refused")))
                .extracting(line -> line.getInteger("line") + " " + line.getString("error"))
                .containsExactlyInAnyOrder("1 unknown_user", "2 unknown_user", "3 bad_content", "3 bad_content");
    }

    @Test
    void noMoreIsUnansweredThanTheClientAllowsHoweverLongTheInputIs() throws Exception {
        try (FakeNode silent = new FakeNode(vertx, TestCertificate.of("ip:127.0.0.1"));
                Program program =
                        Program.start(home, arguments(silent.port(), silent.authority(), "--to", bob, "--lines"))) {
            FakeNode.Peer peer = silent.acceptVerified();
            AtomicLong written = new AtomicLong();
            Thread writer = new Thread(() -> writeUntilItEnds(program.input(), written), "endless");
            writer.start();
            // What is unanswered, a full pipe and a full buffer: then the input is read no more.
            Eventually.holds(() -> written + " lines were written", () -> written.get() >= 1_024 + 60);
            peer.send(new Event.Bye(ByeReason.KICKED, Duration.ZERO));
            Program.Ended ended = program.end();
            writer.join();
            assertThat(written.get()).isLessThan(1_024 + 400);
            assertThat(ended.code()).as(ended.err()).isEqualTo(4);
            Matcher doubt = Pattern.compile("Without a receipt: (\\d+), from line 1 to (\\d+)\\.")
                    .matcher(ended.err());
            assertThat(doubt.find()).as(ended.err()).isTrue();
            assertThat(doubt.group(1)).isEqualTo(doubt.group(2));
            assertThat(Integer.parseInt(doubt.group(1))).isBetween(900, 1_024);
            assertThat(ended.out())
                    .isEqualTo("delivered 0, stored 0, refused 0, without a receipt " + doubt.group(1) + "\n");
        }
    }

    /** Lines of 1,000 bytes, for as long as they are taken. */
    private static void writeUntilItEnds(OutputStream input, AtomicLong written) {
        byte[] line = ("x".repeat(999) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            while (true) {
                input.write(line);
                input.flush();
                written.incrementAndGet();
            }
        } catch (IOException closed) {
            return;
        }
    }

    @Test
    void endlessInputIsNotReadForOneMessage() throws Exception {
        try (Program program = Program.start(home, send("--to", bob, "-"))) {
            writeUntilItEnds(program.input(), new AtomicLong());
            Program.Ended ended = program.end();
            assertThat(ended.code()).isEqualTo(3);
            assertThat(ended.err()).contains("Refused (frame_too_large)");
        }
    }

    @Test
    void aReceiptThatCannotBePrintedHasItsOwnExitCode() {
        ProcessBuilder.Redirect full =
                ProcessBuilder.Redirect.to(Path.of("/dev/full").toFile());
        try (Program program = Program.start(home, full, send("--to", eve, "hi"))) {
            assertThat(program.code()).isEqualTo(5);
            assertThat(program.err()).contains("the pipe is closed, or the disk is full");
        }
        try (Program help = Program.start(home, full, "send", "--help")) {
            assertThat(help.code()).isEqualTo(5);
            assertThat(help.err()).contains("the disk is full");
        }
    }

    @Test
    void aThousandRefusalsForOneReasonAreNotAThousandSentences() {
        String input = "x\n".repeat(1_000);
        Program.Ended ended = Program.run(home, input, send("--to", "nobody-" + eve, "--lines"));
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err().lines()).hasSize(11).last().asString().contains("--json tells each");
        assertThat(ended.out()).contains("refused 1000,");
    }

    @Test
    void aWrongPasswordFailsWithNothingInDoubt() throws Exception {
        Files.writeString(password, "wrong");
        Program.Ended ended = Program.run(home, "one\ntwo\n", send("--to", eve, "--lines"));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("do not match");
    }
}
