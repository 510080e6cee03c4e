package io.parley.cli.chat;

import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ParleyClient;
import io.parley.testkit.Eventually;
import io.parley.testkit.Proxy;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program, through pipes, on a real node. */
class ChatIT {

    private static Vertx vertx;
    private static TestNode node;

    @TempDir
    Path directory;

    private String ann;
    private String bob;
    private Path password;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        node = TestNode.start();
    }

    @AfterAll
    static void stop() {
        node.close();
        await(vertx.close());
    }

    @BeforeEach
    void people() throws IOException {
        List<String> ids = TestNode.fresh(2);
        node.add(ids);
        ann = ids.get(0);
        bob = ids.get(1);
        password = Files.writeString(directory.resolve("password"), TestNode.PASSWORD + "\n");
    }

    private ChatProcess chat(String user, int port) {
        return new ChatProcess(arguments(user, port));
    }

    private String[] arguments(String user, int port) {
        return new String[] {
            "--user",
            user,
            "--port",
            String.valueOf(port),
            "--ca",
            TestNode.ca().toString(),
            "--password-file",
            password.toString(),
            "--lang",
            "en"
        };
    }

    @Test
    void twoScriptsTalkAndLeaveWithTheirReceipts() throws Exception {
        try (ChatProcess first = chat(ann, node.port());
                ChatProcess second = chat(bob, node.port())) {
            first.awaitLine("Connected as Name of " + ann);
            second.awaitLine("Connected as");
            first.type("/msg " + bob + " 你好\u001b[2J", "/online " + bob + " nobody");
            second.awaitLine("Name of " + ann + " (" + ann + "): 你好␛[2J");
            first.awaitLine("delivered to " + bob + " ✓");
            first.awaitLine(bob + " is online");
            first.awaitLine("nobody is not online");
            second.type("/quit");
            assertThat(second.exitCode()).isZero();
            first.type("are you there?");
            first.endInput();
            assertThat(first.exitCode()).isZero();
            assertThat(first.out()).contains("stored until " + bob + " comes back");
            assertThat(String.join("", first.out()) + String.join("", second.out()))
                    .doesNotContain("\u001b");
            assertThat(first.err()).isEmpty();
        }
    }

    @Test
    void whatIsTypedWhileTheNodeCannotBeReachedArrivesOnceAfterTheReconnect() throws Exception {
        List<String> arrived = new CopyOnWriteArrayList<>();
        ParleyClient recipient = new ParleyClient(vertx, TestNode.options(node.port(), bob))
                .onMessage(incoming -> arrived.add(incoming.message().content()));
        await(recipient.connect());
        try (Proxy proxy = Proxy.to("127.0.0.1", node.port());
                ChatProcess chat = chat(ann, proxy.port())) {
            chat.awaitLine("Connected as");
            proxy.refuse();
            proxy.cut();
            chat.awaitLine("was lost. Trying again in");
            chat.type("/msg " + bob + " one", "two");
            chat.awaitLine("kept for " + bob);
            proxy.resume();
            chat.endInput();
            assertThat(chat.exitCode()).isZero();
            assertThat(chat.out())
                    .filteredOn(("delivered to " + bob + " ✓")::equals)
                    .hasSize(2);
            assertThat(chat.out())
                    .filteredOn(line -> line.contains("Trying again"))
                    .hasSize(1);
        }
        assertThat(arrived).containsExactly("one", "two");
        await(recipient.logout());
    }

    @Test
    void aClosedPipeEndsTheChatAndLosesNoMessage() throws Exception {
        ParleyClient sender = new ParleyClient(vertx, TestNode.options(node.port(), ann));
        await(sender.connect());
        try (ChatProcess chat = ChatProcess.heardForOneLine(arguments(bob, node.port()))) {
            chat.awaitLine("Connected as");
            await(sender.send(bob, "not lost"));
            chat.exitCode();
            assertThat(chat.err())
                    .containsExactly(
                            "The output cannot be written any more (a closed pipe or a full disk),"
                                    + " so the chat has ended.",
                            "exit 1");
        }
        try (ChatProcess again = chat(bob, node.port())) {
            again.awaitLine("not lost");
        }
        await(sender.logout());
    }

    @Test
    void aLoginElsewhereEndsTheChatWithASentence() throws Exception {
        try (ChatProcess first = chat(ann, node.port())) {
            first.awaitLine("Connected as");
            ParleyClient second = new ParleyClient(vertx, TestNode.options(node.port(), ann));
            await(second.connect());
            assertThat(first.exitCode()).isEqualTo(1);
            assertThat(first.err())
                    .containsExactly("This account logged in elsewhere, so this session has ended."
                            + " Start again to come back; that ends the other.");
            await(second.logout());
        }
    }

    @Test
    void aNodeThatDrainsIsToldAndWaitedFor() throws Exception {
        TestNode draining = TestNode.start();
        draining.add(ann);
        try (ChatProcess chat = chat(ann, draining.port())) {
            chat.awaitLine("Connected as");
            draining.close();
            chat.awaitLine("The node is being restarted. Trying again in");
            Eventually.holds("one line only", () -> chat.out().size() == 2);
            chat.type("/quit");
            assertThat(chat.exitCode()).isZero();
        }
    }
}
