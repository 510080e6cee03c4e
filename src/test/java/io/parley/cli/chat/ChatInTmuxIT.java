package io.parley.cli.chat;

import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.Parley;
import io.parley.client.ParleyClient;
import io.parley.dev.Launcher;
import io.parley.testkit.Eventually;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program on a real pseudo-terminal of 80 by 24 on a real node, as far as tmux is there to make one. */
class ChatInTmuxIT {

    private static Vertx vertx;
    private static TestNode node;

    @TempDir
    Path directory;

    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private String server;
    private String ann;
    private String bob;
    private ParleyClient friend;

    @BeforeAll
    static void start() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tmux")), "there is no tmux");
        vertx = Vertx.vertx();
        node = TestNode.start();
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
            await(vertx.close());
        }
    }

    @BeforeEach
    void open() throws Exception {
        List<String> ids = TestNode.fresh(2);
        node.add(ids);
        ann = ids.get(0);
        bob = ids.get(1);
        friend = new ParleyClient(vertx, TestNode.options(node.port(), bob))
                .onMessage(incoming -> arrived.add(incoming.message().content()));
        await(friend.connect());
        server = directory.resolve("tmux").toString();
        Path program = Launcher.write(directory, Parley.class);
        Path script = Files.writeString(
                directory.resolve("start"),
                "%s chat --user %s --port %d --ca %s --lang en\n".formatted(program, ann, node.port(), TestNode.ca()));
        tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "sh");
        keys("export LC_ALL=C.UTF-8 TERM=tmux-256color PS1='$ ' XDG_STATE_HOME=" + directory.resolve("state"), "Enter");
        keys("clear; . " + script, "Enter");
        awaitLine("Password of " + ann + ":.*");
        keys(TestNode.PASSWORD, "Enter");
        awaitLine("Connected as Name of " + ann + ".*");
        awaitLine("> *");
    }

    @AfterEach
    void close() throws Exception {
        if (server != null) {
            tmux("kill-server");
            await(friend.logout());
        }
    }

    @Test
    void aFirstConversation() throws Exception {
        assertThat(String.join("", screen())).doesNotContain(TestNode.PASSWORD);
        keys("/msg " + bob + " 你好，李四", "Enter");
        awaitLine("\\d\\d:\\d\\d:\\d\\d  me              你好，李四 (✓|…)");
        keys("half 一半");
        awaitLine(Pattern.quote(bob) + "> half 一半");
        await(friend.send(ann, "while you type"));
        awaitLine("\\d\\d:\\d\\d:\\d\\d  Name of u1-.*  while you type");
        awaitLine("Name of u1-.*> half 一半");
        keys("C-c");
        awaitLine("Ctrl-C again leaves.");
        // Before the prompt is back the terminal is nobody's.
        awaitLine("Name of u1-.*> *");
        tmux("set-buffer", "one\n  two");
        tmux("paste-buffer", "-p");
        keys("Enter");
        awaitLine(" {26}  two (✓|…)");
        assertThat(arrived).containsExactly("你好，李四", "one\n  two");
        keys("/quit", "Enter");
        awaitLine("\\$ *");
        assertTerminalIsAsItWas();
    }

    @Test
    void endedFromOutsideItLeavesTheTerminalAsItWas() throws Exception {
        keys("half");
        awaitLine("> half");
        programInPane().destroy();
        awaitLine(".*\\$ *");
        assertTerminalIsAsItWas();
        assertThat(Files.readString(directory.resolve("state/parley/history"))).doesNotContain(TestNode.PASSWORD);
    }

    private void assertTerminalIsAsItWas() throws Exception {
        keys("clear; stty -a", "Enter");
        awaitLine(".*\\bcmin|.*\\bcs8.*");
        Eventually.holds("echo and line mode on", () -> {
            String settings = " " + String.join(" ", screen());
            return settings.contains(" icanon") && settings.contains(" echo ") && settings.contains(" icrnl");
        });
    }

    private ProcessHandle programInPane() throws Exception {
        long shell = Long.parseLong(tmux("display-message", "-p", "#{pane_pid}").strip());
        return ProcessHandle.of(shell).orElseThrow().children().findFirst().orElseThrow();
    }

    private void keys(String... keys) throws Exception {
        List<String> command = new ArrayList<>(List.of("send-keys", "--"));
        command.addAll(Arrays.asList(keys));
        tmux(command.toArray(String[]::new));
    }

    private List<String> screen() {
        try {
            return tmux("capture-pane", "-p").lines().map(String::stripTrailing).toList();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private void awaitLine(String pattern) {
        Eventually.holds(() -> pattern + " on the screen\n" + String.join("\n", screen()), () -> screen().stream()
                .anyMatch(line -> line.matches(pattern)));
    }

    private String tmux(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", server));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
