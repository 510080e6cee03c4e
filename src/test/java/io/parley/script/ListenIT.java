package io.parley.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ParleyClient;
import io.parley.protocol.Receipt;
import io.parley.testkit.Eventually;
import io.parley.testkit.Program;
import io.parley.testkit.TestNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code parley listen} as a script meets it: nothing that its reader has not taken is acknowledged. */
class ListenIT {

    private static TestNode node;
    private static Vertx vertx;

    @TempDir
    Path home;

    private final List<String> ids = TestNode.fresh(2);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);
    private ParleyClient sender;
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
        sender = new ParleyClient(vertx, TestNode.options(node.port(), ann));
        TestNode.await(sender.connect());
    }

    @AfterEach
    void leave() {
        TestNode.await(sender.close());
    }

    private String[] listen(String... more) {
        List<String> all = new ArrayList<>(List.of("listen", "--user", bob, "--port", String.valueOf(node.port())));
        all.addAll(List.of("--ca", TestNode.ca().toString(), "--password-file", password.toString()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private Receipt.Status send(String text) {
        return TestNode.await(sender.send(bob, text)).status();
    }

    private void sendNumbers(int from, int to) {
        List<Future<Receipt>> receipts = IntStream.rangeClosed(from, to)
                .mapToObj(i -> sender.send(bob, "n" + i))
                .toList();
        receipts.forEach(TestNode::await);
    }

    /** What is left for bob. */
    private Set<String> left() {
        Program.Ended ended = Program.run(home, "", listen("--json", "--timeout", "2"));
        assertThat(ended.code()).as(ended.err()).isZero();
        Set<String> contents = new TreeSet<>();
        ended.out().lines().forEach(line -> contents.add(new JsonObject(line).getString("chat_content")));
        return contents;
    }

    @Test
    void aMessageIsALineOfTextThatCannotDrawOnTheTerminal() throws Exception {
        try (Program program = Program.start(home, listen())) {
            program.awaitErr("Listening as Name of " + bob);
            Future<Receipt> receipt = sender.send(bob, "你好\u001b[2J\u0007\nforged\u009b31m\u202e");
            assertThat(program.line())
                    .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d Name of " + ann + " \\(" + ann + "\\): "
                            + "你好␛\\[2J␇␊forged�31m�");
            assertThat(TestNode.await(receipt).status()).isEqualTo(Receipt.Status.DELIVERED);
        }
    }

    @Test
    void jsonHasEverythingAndNoControlCharacterEither() {
        send("你好\u001b[2J\u009b31m\u202e\ud83d\ude00\ud800");
        Program.Ended ended = Program.run(home, "", listen("--json", "--count", "1"));
        assertThat(ended.code()).as(ended.err()).isZero();
        JsonObject line = new JsonObject(ended.out());
        assertThat(line.fieldNames())
                .containsExactly(
                        "command",
                        "message_id",
                        "client_id",
                        "chat_from",
                        "from_name",
                        "chat_content",
                        "sent_at",
                        "replayed");
        assertThat(line.getString("chat_content")).startsWith("你好\u001b[2J\u009b31m\u202e\ud83d\ude00");
        assertThat(line.getBoolean("replayed")).isTrue();
        assertThat(ended.out().strip())
                .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\u009b]")
                .contains("你好", "😀");
    }

    @Test
    void afterTheCountTheRestStaysForTheNext() {
        sendNumbers(1, 5);
        Program.Ended first = Program.run(home, "", listen("--count", "2"));
        assertThat(first.code()).isZero();
        assertThat(first.out().lines()).hasSize(2);
        assertThat(left()).containsExactly("n3", "n4", "n5");
    }

    @Test
    void silenceEndsItAndTooFewMessagesHaveTheirOwnExitCode() {
        send("one");
        Program.Ended ended = Program.run(home, "", listen("--timeout", "1", "--count", "2"));
        assertThat(ended.code()).as(ended.err()).isEqualTo(4);
        assertThat(ended.out().lines()).hasSize(1);
        assertThat(Program.run(home, "", listen("--timeout", "1")).code()).isZero();
    }

    @Test
    void whatTheReaderHasNotReadIsNotAcknowledged() throws Exception {
        try (Program program = Program.start(home, listen("--json"))) {
            program.awaitErr("Listening");
            Future<Receipt> receipt = sender.send(bob, "unread");
            // In the pipe, whole, as its last byte is there; still nobody has read it.
            Eventually.holds("it is in the pipe", () -> available(program) > 100);
            for (int i = 0; i < 50; i++) {
                assertThat(TestNode.await(sender.online(List.of(bob)))).containsEntry(bob, true);
            }
            assertThat(receipt.isComplete()).isFalse();
            assertThat(program.line()).contains("unread");
            assertThat(TestNode.await(receipt).status()).isEqualTo(Receipt.Status.DELIVERED);
        }
    }

    private static int available(Program program) {
        try {
            return program.process().getInputStream().available();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    /** The reader notes seven lines, one by one, and is gone as by kill -9; much more is in its pipe by then. */
    @Test
    void aReaderThatIsKilledLosesNothing() throws Exception {
        sendNumbers(1, 300);
        Path got = home.resolve("got");
        ProcessBuilder reader = new ProcessBuilder(
                "sh",
                "-c",
                "n=0; while read -r line; do printf '%s\\n' \"$line\" >> \"$0\"; n=$((n+1)); "
                        + "if [ $n -eq 7 ]; then kill -9 $$; fi; done",
                got.toString());
        Path errors = home.resolve("errors");
        List<Process> pipeline =
                ProcessBuilder.startPipeline(List.of(Program.builder(home, errors, listen("--json")), reader));
        assertThat(Program.code(pipeline.get(1))).isEqualTo(128 + 9);
        // Whatever it has written by now: this is one more, and writing it fails.
        sender.send(bob, "n301");
        assertThat(Program.code(pipeline.get(0))).as(Files.readString(errors)).isEqualTo(5);
        assertThat(Files.readString(errors)).contains("the pipe is closed, or the disk is full");

        Set<String> all = new TreeSet<>();
        Files.readAllLines(got).forEach(line -> all.add(new JsonObject(line).getString("chat_content")));
        assertThat(all).hasSize(7);
        Set<String> left = left();
        assertThat(left).as("what was not read").hasSizeGreaterThanOrEqualTo(301 - 7);
        all.addAll(left);
        assertThat(all.size()).isEqualTo(301);
    }

    @Test
    void aFullDiskEndsItAndTheMessageComesAgain() {
        ProcessBuilder.Redirect full =
                ProcessBuilder.Redirect.to(Path.of("/dev/full").toFile());
        try (Program program = Program.start(home, full, listen())) {
            program.awaitErr("Listening");
            assertThat(send("kept")).isEqualTo(Receipt.Status.STORED);
            assertThat(program.code()).isEqualTo(5);
        }
        assertThat(left()).containsExactly("kept");
    }

    @Test
    void aSignalAcknowledgesWhatWasReadAndNothingElse() throws Exception {
        try (Program program = Program.start(home, listen("--json"))) {
            program.awaitErr("Listening");
            Future<Receipt> read = sender.send(bob, "read");
            assertThat(program.line()).contains("\"read\"");
            assertThat(TestNode.await(read).status()).isEqualTo(Receipt.Status.DELIVERED);
            Future<Receipt> unread = sender.send(bob, "unread");
            Eventually.holds("it is in the pipe", () -> available(program) > 100);
            program.process().destroy();
            assertThat(program.code()).isEqualTo(128 + 15);
            assertThat(TestNode.await(unread).status()).isEqualTo(Receipt.Status.STORED);
        }
        assertThat(left()).containsExactly("unread");
    }

    @Test
    void aNewerLoginEndsItWithASentence() throws Exception {
        try (Program program = Program.start(home, listen())) {
            program.awaitErr("Listening");
            ParleyClient other = new ParleyClient(vertx, TestNode.options(node.port(), bob));
            TestNode.await(other.connect());
            assertThat(program.code()).isEqualTo(1);
            assertThat(program.err()).contains("logged in elsewhere");
            TestNode.await(other.close());
        }
    }
}
