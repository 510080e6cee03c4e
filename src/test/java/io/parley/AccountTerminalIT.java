package io.parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.testkit.Eventually;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code parley account} on a pseudo-terminal, which {@code script} of util-linux makes, by somebody who reads Chinese
 * on a system without a Chinese locale.
 */
@Timeout(180)
class AccountTerminalIT {

    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final String ERASE = "\r\u001b[K";

    private AdminConsole console;
    private Process terminal;
    private Thread reader;
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @BeforeEach
    void migrate(@TempDir Path directory) throws IOException {
        assumeTrue(Files.isExecutable(SCRIPT));
        console = new AdminConsole(directory);
        JsonObject config = console.config();
        config.getJsonObject("auth").put("hashFormat", "plain");
        console.configure(config);
        assertThat(console.run("migrate")).as(console.err()).isZero();
    }

    @AfterEach
    void end() {
        if (terminal != null) {
            terminal.destroyForcibly();
        }
    }

    @Test
    void aPasswordIsAskedForTwiceWithoutShowingItAndTheListIsATable() throws Exception {
        start("account", "add", "10001", "--name", "张三");
        seen("新密码：");
        type("correct-horse");
        seen("再输一次：");
        type("correct-horse");
        assertThat(ended()).as(shown()).isZero();
        assertThat(shown()).contains("已创建 10001。").doesNotContain("correct-horse", "?");

        start("account", "add", "b", "--name", "Bob", "--roles", "admin");
        seen("新密码：");
        type("one");
        seen("再输一次：");
        type("another");
        assertThat(ended()).isEqualTo(2);
        assertThat(shown()).contains("两次输入的密码不同。");

        console.run(
                "account", "import", console.write("b.csv", "b,Bob,x,admin\n").toString());
        start("account", "list");
        assertThat(ended()).isZero();
        assertThat(shown()).isEqualTo("10001  张三         启用\r\nb      Bob   admin  启用\r\n");
    }

    @Test
    void anImportShowsHowFarItIsAndLeavesNothingOfThatOnTheScreen() throws Exception {
        String csv = IntStream.range(0, 2_000)
                .mapToObj("u%d,Somebody,secret\n"::formatted)
                .collect(Collectors.joining());
        start("account", "import", console.write("many.csv", csv).toString());
        assertThat(ended()).as(shown()).isZero();
        assertThat(shown())
                .containsPattern("正在计算密码哈希 \\[[#-]{24}] \\d+% \\d+/2000")
                .endsWith(ERASE + "已创建的账号数：2000\r\n");
    }

    private void start(String... arguments) throws IOException {
        screen.reset();
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        words.add(Parley.class.getName());
        words.addAll(List.of(arguments));
        words.addAll(List.of("--conf", console.conf().toString()));
        String command = words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString(), "-qec", command, "/dev/null");
        builder.environment().remove("LC_ALL");
        builder.environment().putAll(Map.of("LANG", "zh_CN.UTF-8", "SHELL", "/bin/sh"));
        terminal = builder.redirectErrorStream(true).start();
        Process mine = terminal;
        reader = new Thread(() -> read(mine), "terminal");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Process from) {
        byte[] bytes = new byte[1024];
        try {
            for (int n = from.getInputStream().read(bytes);
                    n >= 0;
                    n = from.getInputStream().read(bytes)) {
                screen.write(bytes, 0, n);
            }
        } catch (IOException closed) {
            // With the terminal, which the test ended
        }
    }

    private void type(String line) throws IOException {
        terminal.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        terminal.getOutputStream().flush();
    }

    private void seen(String text) {
        Eventually.holds(() -> "the screen shows " + text + ", but: " + shown(), () -> shown().contains(text));
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    /** The exit code of the program, once all of its output is here. */
    private int ended() throws InterruptedException {
        assertThat(terminal.waitFor(60, TimeUnit.SECONDS)).as(shown()).isTrue();
        reader.join(10_000);
        return terminal.exitValue();
    }
}
