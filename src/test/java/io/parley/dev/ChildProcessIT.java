package io.parley.dev;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.config.MySqlConfig;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.MySQLConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void stoppedItMayTidyUpAndKilledItMayNot(@TempDir Path directory) throws IOException {
        String server = "trap 'echo tidy; exit' TERM; echo ready; while :; do sleep 0.05; done";
        ChildProcess stopped = shell(directory, server);
        stopped.awaitLogged("ready", PATIENCE);
        stopped.stop();
        assertThat(directory.resolve("log")).hasContent("ready\ntidy");

        ChildProcess killed = shell(directory, server);
        killed.awaitLogged("ready", PATIENCE);
        killed.kill();
        assertThat(directory.resolve("log")).content().doesNotContain("tidy");
        killed.stop();
    }

    @Test
    void oneThatEndsInsteadOfStartingIsAFailureWithItsLog(@TempDir Path directory) throws IOException {
        ChildProcess child = shell(directory, "echo no luck; exit 3");
        assertThatThrownBy(() -> child.awaitLogged("ready", PATIENCE))
                .hasMessageContaining("Test did not start")
                .hasMessageContaining("no luck");
        shell(directory, "exit 0").awaitSuccess(PATIENCE);
        ChildProcess failing = shell(directory, "echo again; exit 3");
        assertThatThrownBy(() -> failing.awaitSuccess(PATIENCE)).hasMessageContaining("again");
    }

    @Test
    void oneThatIsNotReadyInTimeIsEnded(@TempDir Path directory) throws Exception {
        ChildProcess child = shell(directory, "echo thinking; exec sleep 600");
        child.awaitLogged("thinking", PATIENCE);
        ProcessHandle process = process(directory);
        assertThatThrownBy(() -> child.awaitLogged("ready", Duration.ofMillis(1)))
                .hasMessageContaining("was not ready");
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void itEndsEvenIfSomebodyKilledItsSupervisor(@TempDir Path directory) throws Exception {
        ChildProcess child = shell(directory, "echo ready; exec sleep 600");
        child.awaitLogged("ready", PATIENCE);
        ProcessHandle process = process(directory);
        ProcessHandle supervisor = process.parent().orElseThrow();
        supervisor.destroyForcibly();
        supervisor.onExit().get(10, SECONDS);
        assertThat(process.isAlive()).isTrue();
        child.stop();
        process.onExit().get(10, SECONDS);
    }

    @Test
    void onlyItsOwnerSeesItsDirectory(@TempDir Path directory) throws IOException {
        shell(directory, "exit 0").awaitSuccess(PATIENCE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    /** What {@link Loopback} looks for. */
    @Test
    void redisOnATakenPortSaysSo(@TempDir Path directory) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(Loopback.HOST))) {
            assertThatThrownBy(() -> RedisServer.start(directory, taken.getLocalPort(), line -> {}))
                    .hasMessageContaining("Address already in use");
        }
    }

    /** As {@link #redisOnATakenPortSaysSo}. */
    @Test
    void mariaDbOnATakenPortSaysSo(@TempDir Path directory) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(Loopback.HOST))) {
            assertThatThrownBy(() -> MariaDbServer.start(directory, taken.getLocalPort(), line -> {}))
                    .hasMessageContaining("Address already in use");
        }
    }

    /** In a directory that it shares it deletes every other server's when it starts. */
    @Test
    void mariaDbHasItsTemporaryTablesInItsOwnDirectory(@TempDir Path directory) throws Exception {
        MariaDbServer server = MariaDbServer.start(directory, line -> {});
        Vertx vertx = Vertx.vertx();
        try {
            MySqlConfig config = server.config();
            MySQLConnectOptions options = new MySQLConnectOptions()
                    .setHost(config.host())
                    .setPort(config.port())
                    .setUser(config.user())
                    .setPassword(config.password())
                    .setDatabase(config.database());
            String used = MySQLConnection.connect(vertx, options)
                    .compose(connection -> connection.query("SELECT @@tmpdir").execute())
                    .await(10, SECONDS)
                    .iterator()
                    .next()
                    .getString(0);
            assertThat(Path.of(used)).isEqualTo(directory);
        } finally {
            vertx.close().await(10, SECONDS);
            server.kill();
        }
    }

    private static ChildProcess shell(Path directory, String script) throws IOException {
        return ChildProcess.start("Test", directory, List.of("/bin/sh", "-c", script));
    }

    private static ProcessHandle process(Path directory) throws IOException {
        String pid = Files.readString(directory.resolve("pid")).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }
}
