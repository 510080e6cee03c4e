package io.parley;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.parley.cli.Messages;
import io.parley.testkit.ClusterConf;
import io.parley.testkit.Eventually;
import io.parley.testkit.TestAuthority;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code parley serve} with a section {@code cluster} that cannot work: one sentence, exit code 1, and nothing is left
 * behind. The cluster is joined first, so no stores are needed.
 */
@Timeout(60)
class ClusterStartIT {

    @TempDir
    Path directory;

    private final JsonObject cluster = new ClusterConf(1).node(0).getJsonObject("cluster");
    private final StringWriter err = new StringWriter();
    private final Set<HazelcastInstance> before = Hazelcast.getAllHazelcastInstances();

    private int port(String key) {
        return cluster.getInteger(key);
    }

    private int serve() throws IOException {
        JsonObject conf = new JsonObject("""
                {"listeners": [{"name": "main", "port": 0, "tls": false}], "redis": {"host": "localhost"},
                 "mysql": {"host": "localhost", "password": "hunter2"},
                 "auth": {"token": {"secret": "hunter2hunter2hunter2hunter2hunter2"}}}
                """).put("cluster", cluster);
        Path file = Files.writeString(directory.resolve("parley.json"), conf.encode());
        StringWriter out = new StringWriter();
        int code = Parley.run(
                new PrintWriter(out), new PrintWriter(err), Messages.of(Locale.ENGLISH), "serve", "--conf", "" + file);
        assertThat(out.toString()).isEmpty();
        return code;
    }

    private void failsWith(String... parts) throws IOException {
        assertThat(serve()).isEqualTo(1);
        assertThat(err.toString().strip().lines()).as("sentences").hasSize(1);
        assertThat(err.toString()).contains(parts).doesNotContain("Exception", "null", "hunter2");
        Eventually.holds(
                () -> "no cluster manager is left but " + Hazelcast.getAllHazelcastInstances(),
                () -> before.containsAll(Hazelcast.getAllHazelcastInstances()));
        Eventually.holds("its ports are free", () -> isFree(port("port")) && isFree(port("busPort")));
    }

    private static boolean isFree(int port) {
        try (ServerSocket mine = listening(port)) {
            return mine.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static ServerSocket listening(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    @Test
    void whenThePortOfTheClusterManagerIsTaken() throws IOException {
        ServerSocket taken = listening(port("port"));
        try (taken) {
            assertThat(serve()).isEqualTo(1);
        }
        assertThat(err.toString().strip().lines()).hasSize(1);
        assertThat(err.toString()).contains("" + port("port"), "127.0.0.1").doesNotContain("Exception");
    }

    @Test
    void whenThePortOfTheBusIsTaken() throws IOException {
        ServerSocket taken = listening(port("busPort"));
        try (taken) {
            assertThat(serve()).isEqualTo(1);
        }
        assertThat(err.toString().strip().lines()).hasSize(1);
        assertThat(err.toString()).contains("" + port("busPort"), "127.0.0.1").doesNotContain("Exception");
        Eventually.holds("the other port is free", () -> isFree(port("port")));
        Eventually.holds("no cluster manager is left", () -> before.containsAll(Hazelcast.getAllHazelcastInstances()));
    }

    @Test
    void whenTheAddressIsAnotherMachines() throws IOException {
        // TEST-NET-3: nobody's (RFC 5737)
        cluster.put("host", "203.0.113.7");
        failsWith("cluster.host: no address of this machine: 203.0.113.7");
    }

    @Test
    void whenTheHostIsUnknown() throws IOException {
        cluster.put("host", "no-such-host.invalid");
        failsWith("cluster.host: no such host: no-such-host.invalid");
    }

    /** The other ways in which it can be wrong are in BusCertificateTest. */
    @Test
    void whenItsCertificateIsNotOfTheAuthority() throws IOException {
        TestAuthority.Signed another = TestAuthority.in(Files.createDirectory(directory.resolve("another")))
                .sign("node");
        cluster.put("busTls", true)
                .put("certificate", another.certificate().toString())
                .put("key", another.key().toString())
                .put("ca", TestAuthority.in(directory).certificate().toString());
        failsWith("cluster.certificate: ", "is not good by cluster.ca");
    }
}
