package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Program;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code parley login} and what it saves the commands that follow, against a real node. */
class ProfilesIT {

    private static TestNode node;

    @TempDir
    Path home;

    private final List<String> ids = TestNode.fresh(2);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);

    @BeforeAll
    static void start() {
        node = TestNode.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void accounts() {
        node.add(ids);
    }

    private Path directory() {
        return home.resolve("parley");
    }

    private Program.Ended login(String... more) {
        List<String> all = new ArrayList<>(List.of("login", "--user", ann, "--host", "localhost"));
        all.addAll(List.of(
                "--port", String.valueOf(node.port()), "--ca", TestNode.ca().toString()));
        all.addAll(List.of(more));
        return Program.run(home, TestNode.PASSWORD + "\n", all.toArray(String[]::new));
    }

    private Program.Ended send(String... more) {
        List<String> all = new ArrayList<>(List.of("send", "--to", bob));
        all.addAll(List.of(more));
        return Program.run(home, "from a pipe\n", all.toArray(String[]::new));
    }

    @Test
    void afterALoginACommandNeedsNeitherANodeNorAUserNorAPassword() throws IOException {
        Program.Ended login = login();
        assertThat(login.code()).as(login.err()).isZero();
        assertThat(login.out())
                .startsWith("Logged in as Name of " + ann + " (" + ann + "). The profile default keeps the token,");
        Program.Ended sent = send("-");
        assertThat(sent.code()).as(sent.err()).isZero();
        assertThat(sent.out()).startsWith("stored ");
        assertThat(Files.readString(directory().resolve("profiles.json"))
                        + Files.readString(directory().resolve("default.token")))
                .doesNotContain(TestNode.PASSWORD);
        assertThat(Files.getPosixFilePermissions(directory().resolve("default.token")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(directory())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void afterALogoutAPipesTextIsNotTakenForAPassword() {
        login("--profile", "work");
        Program.Ended logout = Program.run(home, "", "logout", "--profile", "work");
        assertThat(logout.code()).as(logout.err()).isZero();
        assertThat(directory().resolve("work.token")).doesNotExist();
        assertThat(Program.run(home, "", "logout", "--profile", "work").out()).contains("was not logged in");
        Program.Ended sent = send("--profile", "work", "-");
        assertThat(sent.code()).isEqualTo(2);
        assertThat(sent.err()).contains("not logged in", "parley login --profile work");
    }

    @Test
    void aTokenThatWasEndedAsksForANewLogin() {
        login();
        TestNode.await(node.accounts().disable(ann));
        Program.Ended sent = send("hi");
        assertThat(sent.code()).isEqualTo(1);
        assertThat(sent.err()).contains("expired or was ended", "Log in again with 'parley login'");
    }

    @Test
    void aTokenGoesToNoOtherNodeAndForNoOtherAccount() {
        login();
        // Without a terminal the password is then read from the pipe, and it is wrong.
        Program.Ended other = send("--user", bob, "hi");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).contains("do not match");
        Program.Ended elsewhere = send("--host", "127.0.0.1", "hi");
        assertThat(elsewhere.code()).isEqualTo(1);
        assertThat(elsewhere.err()).as("neither its port nor its authority").contains("127.0.0.1:7443");
    }

    @Test
    void aWrongPasswordKeepsNothing() {
        Program.Ended login = Program.run(
                home,
                "wrong\n",
                "login",
                "--user",
                ann,
                "--port",
                String.valueOf(node.port()),
                "--ca",
                TestNode.ca().toString());
        assertThat(login.code()).isEqualTo(1);
        assertThat(login.err()).contains("do not match");
        assertThat(directory()).doesNotExist();
    }

    @Test
    void aProfileThatIsNotThereOrBrokenIsNamedWithItsField() throws IOException {
        Program.Ended none = send("--profile", "wrok", "hi");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains(directory().resolve("profiles.json").toString(), "no profile wrok");
        assertThat(Program.run(home, "", "send", "--to", bob, "hi").err()).contains("--user UID");

        login();
        Path file = directory().resolve("profiles.json");
        JsonObject profiles = new JsonObject(Files.readString(file));
        profiles.getJsonObject("default").put("port", "\u001b[2J");
        Files.writeString(file, profiles.encode());
        Program.Ended broken = send("hi");
        assertThat(broken.code()).isEqualTo(2);
        assertThat(broken.err())
                .isEqualTo(file + ": default.port is not allowed; allowed: 1 to 65535" + System.lineSeparator());
        profiles.put("\u001b[2J", new JsonObject());
        profiles.getJsonObject("default").put("port", 1);
        Files.writeString(file, profiles.encode());
        assertThat(send("hi").err()).contains("␛[2J is not allowed").doesNotContain("\u001b");
    }

    @Test
    void aListenerUsesTheProfileToo() {
        login();
        Program.Ended ended = Program.run(home, "", "listen", "--timeout", "1");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("Listening as Name of " + ann);
    }
}
