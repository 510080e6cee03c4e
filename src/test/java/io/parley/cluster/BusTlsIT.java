package io.parley.cluster;

import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.bus.Addresses;
import io.parley.bus.ClusterBus;
import io.parley.bus.Crossing;
import io.parley.config.ClusterConfig;
import io.parley.config.ClusterConfig.BusTls;
import io.parley.protocol.Refusal;
import io.parley.testkit.ClusterConf;
import io.parley.testkit.Eventually;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestAuthority;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that speak TLS with each other, and somebody whom their authority does not know. */
@Timeout(120)
class BusTlsIT {

    private static final ClusterConf CONF = new ClusterConf(3);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    static Path directory;

    private static TestAuthority authority;
    private static TestNode one;
    private static TestNode two;

    private final List<String> ids = TestNode.fresh(2);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);

    @BeforeAll
    static void start() {
        authority = TestAuthority.in(directory);
        var mysql = Services.database();
        one = TestNode.start(mysql, Services.redis(), withTls(0));
        two = TestNode.start(mysql, Services.redis(), withTls(1));
    }

    private static JsonObject withTls(int index) {
        TestAuthority.Signed signed = authority.sign("node");
        JsonObject tls = new JsonObject()
                .put("busTls", true)
                .put("certificate", signed.certificate().toString())
                .put("key", signed.key().toString())
                .put("ca", authority.certificate().toString());
        return CONF.node(index).mergeIn(new JsonObject().put("cluster", tls), true);
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    @BeforeEach
    void addAccounts() {
        one.add(ids);
    }

    /** Who is in the cluster, and has no more than that. */
    private static Cluster join(TestAuthority signer, Addresses addresses) {
        TestAuthority.Signed signed = signer.sign("third");
        ClusterConfig plain = CONF.config(2);
        ClusterConfig config = new ClusterConfig(
                plain.name(),
                plain.discovery(),
                plain.members(),
                null,
                plain.host(),
                plain.port(),
                plain.busPort(),
                new BusTls(signed.certificate(), signed.key(), signer.certificate()));
        return await(Cluster.join(config, addresses, Vertx.builder(), new VertxOptions().setEventLoopPoolSize(1)));
    }

    private static Addresses third() {
        return new Addresses(CONF.id(2), Long.toHexString(System.nanoTime()), 1);
    }

    /** The gateways and couriers of both nodes, by asking the registry as any member can. */
    private static Set<String> registered() {
        return new HashSet<>(SickBusIT.registry(CONF).keySet());
    }

    private static String gatewayOf(int index) {
        return registered().stream()
                .filter(address -> address.startsWith("gateway." + CONF.id(index)))
                .findAny()
                .orElseThrow();
    }

    @Test
    void nodesOfOneAuthorityHearEachOther() {
        Addresses addresses = third();
        try (RawClient annAtOne = RawClient.login(one.port(), ann);
                RawClient bobAtTwo = RawClient.loginReady(two.port(), bob)) {
            annAtOne.single("c", bob, "over TLS");
            assertThat(bobAtTwo.expect(DELIVERY).getString("chat_content")).isEqualTo("over TLS");
        }
        Cluster friend = join(authority, addresses);
        try {
            ClusterBus bus = new ClusterBus(friend.vertx(), addresses, friend.members());
            assertThat(await(bus.<Crossing>request(gatewayOf(0), new Crossing.Ping(), PATIENCE)))
                    .isEqualTo(new Crossing.Pong());
        } finally {
            await(friend.vertx().close());
        }
    }

    /** The cluster manager's port lets it in (operations-cluster.md); the bus does not. */
    @Test
    void aNodeOfAnotherAuthorityIsNotHeardAndHearsNothing() throws IOException {
        Addresses addresses = third();
        Cluster stranger = join(TestAuthority.in(Files.createDirectory(directory.resolve("another"))), addresses);
        List<Object> overheard = new CopyOnWriteArrayList<>();
        try (RawClient annAtOne = RawClient.login(one.port(), ann);
                RawClient bobAtTwo = RawClient.loginReady(two.port(), bob)) {
            ClusterBus bus = new ClusterBus(stranger.vertx(), addresses, stranger.members());
            assertThatThrownBy(() -> await(bus.request(gatewayOf(0), new Crossing.Ping(), PATIENCE)))
                    .isInstanceOf(Refusal.class);

            // It says that it is the other node's gateway, so that every second parcel is sent to it.
            Set<String> all = registered();
            for (String address : all) {
                if (address.startsWith("gateway." + CONF.id(1))) {
                    await(stranger.vertx()
                            .eventBus()
                            .consumer(address, overheard::add)
                            .completion());
                }
            }
            Set<String> texts = new HashSet<>();
            for (int i = 0; i < 10; i++) {
                annAtOne.single("c" + i, bob, "secret " + i);
                JsonObject delivery = bobAtTwo.expect(DELIVERY);
                texts.add(delivery.getString("chat_content"));
                bobAtTwo.ack(delivery.getLong("seq"));
                assertThat(annAtOne.expect(RawClient.RECEIPT).getString("status"))
                        .isIn("stored", "delivered");
            }
            assertThat(texts).hasSize(10);
            assertThat(overheard).isEmpty();
        } finally {
            await(stranger.vertx().close());
        }
        Eventually.holds("it has left", () -> registered().stream().noneMatch(each -> each.contains(addresses.self())));
    }

    @Test
    void whoSpeaksNoTlsIsNotHeard() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", CONF.busPort(1))) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            // What Vert.x writes first of all: the length of a message, and a ping.
            socket.getOutputStream().write(new byte[] {0, 0, 0, 30, 1, 1, 0, 0, 0, 0, 0});
            socket.getOutputStream().flush();
            byte[] answer = socket.getInputStream().readAllBytes();
            // An alert record of TLS at most, and the end.
            assertThat(answer.length).isLessThan(16);
        }
    }
}
