package io.parley.manifests;

import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.parley.auth.AccountAdmin;
import io.parley.auth.NewAccount;
import io.parley.client.ClientOptions;
import io.parley.client.ParleyClient;
import io.parley.config.MySqlConfig;
import io.parley.config.NodeConfig;
import io.parley.config.RedisConfig;
import io.parley.protocol.Receipt;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two pods of k8s/dev on this machine, each with an address of its own, as Kubernetes gives them: with the secrets that
 * kubernetes.md makes; the ports, the user and the read-only root of the manifests; and the headless service's name for
 * both addresses. Only the stores are the tests' own.
 */
@Timeout(180)
@ExtendWith(VertxExtension.class)
class PodIT {

    private static final int PORT = 7443;
    private static final String PASSWORD = "secret-of-a-test";

    @TempDir
    private Path directory;

    private final String network = "127." + ThreadLocalRandom.current().nextInt(1, 255) + "."
            + ThreadLocalRandom.current().nextInt(1, 255) + ".";
    private final List<String> addresses = List.of(network + 1, network + 2);
    private final List<String> ids = TestNode.fresh(2);

    private Manifests manifests;
    private Map<String, Map<String, String>> given;
    private MySqlConfig mysql;
    private RedisConfig redis;

    @BeforeEach
    void makeSecrets() throws Exception {
        Pod.needRootOfItsOwn();
        manifests = Manifests.of(Manifests.DEV);
        needPorts();
        mysql = Services.database();
        redis = Services.redis();
        String names = "IP:" + String.join(",IP:", addresses);
        given = PageCommands.run(
                Files.createDirectory(directory.resolve("page")),
                commands -> commands.replace("DNS:chat.example.org", names));
        given.get("parley-credentials").put("mysql-password", mysql.password());
        given.get("parley-credentials").put("redis-password", redis.password());
    }

    /** Something that listens on every address of the machine may have one of them. */
    private void needPorts() {
        for (ContainerPort port : manifests.container().getPorts()) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(addresses.get(0), port.getContainerPort()));
            } catch (IOException taken) {
                abort("a pod is not tried: port " + port.getContainerPort() + " is taken on this machine");
            }
        }
    }

    /** What cannot be as in the manifests, where every pod has a network of its own, and the stores are others. */
    private Map<String, String> different(String address) {
        return Map.of(
                "PARLEY_CLUSTER_HOST", address,
                "PARLEY_LISTENERS_MAIN_HOST", address,
                "PARLEY_HTTP_HOST", address,
                "PARLEY_SESSIONS_DRAIN_DELAY", "0ms",
                "PARLEY_MYSQL_HOST", mysql.host(),
                "PARLEY_MYSQL_PORT", String.valueOf(mysql.port()),
                "PARLEY_MYSQL_DATABASE", mysql.database(),
                "PARLEY_MYSQL_USER", mysql.user(),
                "PARLEY_REDIS_HOST", redis.host(),
                "PARLEY_REDIS_PORT", String.valueOf(redis.port()));
    }

    private PodFiles files(int number) {
        return new PodFiles(manifests, directory.resolve("pod" + number), given);
    }

    private Pod start(int number) throws IOException {
        String name = "parley-5d8f7c-" + number;
        String hosts = "127.0.0.1 localhost\n" + addresses.get(number) + " " + name + "\n" + addresses.get(0)
                + " parley-nodes\n" + addresses.get(1) + " parley-nodes\n";
        return Pod.start(name, files(number), hosts, different(addresses.get(number)));
    }

    @Test
    void nodesRunAsAnybodyOnAReadOnlyRootAndFormACluster(Vertx vertx) throws Exception {
        try (Pod first = start(0);
                Pod second = start(1)) {
            first.awaitReady();
            second.awaitReady();
            for (Pod pod : List.of(first, second)) {
                assertThat(pod.output()).contains("native_transport=true");
                assertNobody(pod);
                assertNothingButTmpIsWritable(pod);
            }
            assertThat(List.of(readiness(0), readiness(1))).containsOnly(200);
            addAccounts(vertx);
            assertThat(send(vertx)).isEqualTo(Receipt.Status.DELIVERED);
            assertThat(List.of(first.stop(), second.stop())).as(first::output).containsOnly(0);
        }
    }

    /** What the kubelet would get. */
    private int readiness(int number) throws Exception {
        HTTPGetAction probe = manifests.container().getReadinessProbe().getHttpGet();
        URI uri = URI.create("http://" + addresses.get(number) + ":8080" + probe.getPath());
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static void assertNobody(Pod pod) throws IOException {
        assertThat(pod.status("Uid").split("\\s+")).containsOnly("10001");
        assertThat(pod.status("Gid").split("\\s+")).containsOnly("10001");
        assertThat(pod.status("CapEff")).matches("0+");
        assertThat(pod.status("CapBnd")).matches("0+");
        assertThat(pod.status("NoNewPrivs")).isEqualTo("1");
    }

    /** Tried by root: what even root cannot write nobody can. */
    private static void assertNothingButTmpIsWritable(Pod pod) throws IOException {
        for (String path : List.of("", "etc", "etc/parley/conf", "etc/parley/tls", "opt/parley", "usr", "usr/bin")) {
            assertThatThrownBy(() -> Files.createFile(pod.inside(path).resolve("probe")))
                    .as("/" + path)
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("Read-only file system");
        }
        Files.createFile(pod.inside("tmp").resolve("probe"));
        assertThat(pod.maps()).as("Netty unpacks its libraries there").contains("/tmp/libnetty");
    }

    private void addAccounts(Vertx vertx) {
        NodeConfig config = files(0).config();
        AccountAdmin accounts = AccountAdmin.open(vertx, config.auth(), mysql, redis);
        for (String id : ids) {
            await(accounts.add(new NewAccount(id, "Name of " + id, PASSWORD, Set.of())));
        }
        await(accounts.close());
    }

    /** From a client of the first pod to one of the second. */
    private Receipt.Status send(Vertx vertx) {
        Promise<String> received = Promise.promise();
        ParleyClient sender = new ParleyClient(vertx, options(0));
        ParleyClient recipient = new ParleyClient(vertx, options(1))
                .onMessage(incoming -> received.complete(incoming.message().content()));
        await(recipient.connect());
        await(sender.connect());
        Receipt receipt = await(sender.send(ids.get(1), "from pod to pod"));
        assertThat(await(received.future())).isEqualTo("from pod to pod");
        await(sender.logout());
        await(recipient.logout());
        return receipt.status();
    }

    private ClientOptions options(int number) {
        return ClientOptions.of(addresses.get(number), PORT, ids.get(number))
                .trusting(directory.resolve("page").resolve("tls.crt"))
                .withPassword(PASSWORD);
    }
}
