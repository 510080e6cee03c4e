package io.parley.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.Messages;
import io.parley.testkit.FakeNode;
import io.parley.testkit.TestCertificate;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Each way not to get in is exit code 1 and one sentence that says what to do, in either language. */
class FailingToConnectIT {

    private static final int MOST_TRIES = 20;

    private static Vertx vertx;
    private static TestNode node;
    private static String ann;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        node = TestNode.start();
        ann = TestNode.fresh(1).get(0);
        node.add(ann);
    }

    @AfterAll
    static void stop() {
        node.close();
        TestNode.await(vertx.close());
    }

    /** What standard error says; nothing else may be said anywhere. */
    private String chat(Locale locale, String user, String password, String... where) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), password);
        List<String> arguments = new ArrayList<>(List.of("--user", user, "--password-file", file.toString()));
        arguments.addAll(List.of(where));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new ChatCommand())
                .setResourceBundle(Messages.of(locale).bundle())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        return err.toString().strip();
    }

    private String[] here(int port) {
        return new String[] {
            "--port", String.valueOf(port), "--ca", TestNode.ca().toString()
        };
    }

    @Test
    void aWrongPasswordAndThenALockedAccount() throws IOException {
        assertThat(chat(Locale.ENGLISH, ann, "wrong", here(node.port())))
                .isEqualTo("The user id and the password (or token) do not match.");
        assertThat(chat(Locale.CHINA, ann, "wrong", here(node.port()))).isEqualTo("用户号与密码（或令牌）不符。");
        String said = "";
        for (int i = 0; i < MOST_TRIES && !said.contains("locked"); i++) {
            said = chat(Locale.ENGLISH, ann, "wrong", here(node.port()));
        }
        assertThat(said).matches("Too many wrong passwords: this account is locked for \\d+ s. Try again then.");
        assertThat(chat(Locale.CHINA, ann, TestNode.PASSWORD, here(node.port())))
                .matches("密码错误次数过多：账号锁定 \\d+ 秒，请稍后再试。");
    }

    @Test
    void anUnknownAuthority() throws IOException {
        String port = String.valueOf(node.port());
        assertThat(chat(Locale.ENGLISH, ann, "x", "--port", port))
                .isEqualTo("The certificate of 127.0.0.1:" + port
                        + " comes from an authority that is not trusted here. Name its file with --ca.");
        assertThat(chat(Locale.CHINA, ann, "x", "--port", port)).contains("127.0.0.1:" + port, "--ca");
    }

    @Test
    void aCertificateForAnotherHost() throws IOException {
        TestCertificate elsewhere = TestCertificate.of("dns:elsewhere.example");
        try (FakeNode other = new FakeNode(vertx, elsewhere)) {
            String[] there = {
                "--port",
                String.valueOf(other.port()),
                "--ca",
                elsewhere.authority().toString()
            };
            assertThat(chat(Locale.ENGLISH, ann, "x", there))
                    .isEqualTo("The certificate of 127.0.0.1:" + other.port()
                            + " is for another host. Give the name that it is for with --host.");
            assertThat(chat(Locale.CHINA, ann, "x", there)).contains("另一台主机", "--host");
        }
    }

    @Test
    void noServerAndNoSuchHost() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        assertThat(chat(Locale.ENGLISH, ann, "x", here(closed)))
                .isEqualTo("Nobody answers at 127.0.0.1:" + closed + ". Is the node running? Check --host and --port.");
        assertThat(chat(Locale.CHINA, ann, "x", here(closed))).contains("无人应答", "--port");
        assertThat(chat(Locale.ENGLISH, ann, "x", "--host", "no-such-host.invalid"))
                .isEqualTo("There is no host no-such-host.invalid. Check --host.");
    }
}
