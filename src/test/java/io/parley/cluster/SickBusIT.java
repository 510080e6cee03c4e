package io.parley.cluster;

import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.TestNode.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.multimap.MultiMap;
import io.parley.bus.Addresses;
import io.parley.mailbox.Locations;
import io.parley.protocol.Location;
import io.parley.redis.RedisLink;
import io.parley.testkit.CapturedLog;
import io.parley.testkit.ClusterConf;
import io.parley.testkit.Eventually;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes whose bus has gone wrong, or is written to by somebody else. No heartbeat helps here. */
@Timeout(120)
class SickBusIT {

    private static final ClusterConf CONF = new ClusterConf(3);

    private static TestNode one;
    private static TestNode two;

    private final List<String> ids = TestNode.fresh(2);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);

    @BeforeAll
    static void start() {
        JsonObject different = new JsonObject()
                .put("sessions", new JsonObject().put("heartbeat", "10m").put("idleTimeout", "20m"));
        var mysql = Services.database();
        one = TestNode.start(mysql, Services.redis(), CONF.node(0).mergeIn(different, true));
        two = TestNode.start(mysql, Services.redis(), CONF.node(1).mergeIn(different, true));
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

    private static MultiMap<String, Object> registry() {
        return registry(CONF);
    }

    /** Of a cluster that has a member in this JVM. */
    static MultiMap<String, Object> registry(ClusterConf conf) {
        String cluster = conf.node(0).getJsonObject("cluster").getString("name");
        HazelcastInstance any = Hazelcast.getAllHazelcastInstances().stream()
                .filter(each -> each.getConfig().getClusterName().equals(cluster))
                .findAny()
                .orElseThrow();
        return any.getMultiMap("__vertx.subs");
    }

    /** As after a partition, or when a pod moved: vert.x#4394, vertx-hazelcast#196. */
    @Test
    void whatIsSentWhileTheRegistryIsStaleArrivesInOrderOnceTheNodeHasRegisteredAnew() {
        try (CapturedLog log = CapturedLog.ofParley()) {
            makeStaleAndSend(log);
        }
    }

    private void makeStaleAndSend(CapturedLog log) {
        String nodeTwo = CONF.node(1).getJsonObject("node").getString("id") + '-';
        try (RawClient annAtOne = RawClient.login(one.port(), ann);
                RawClient bobAtTwo = RawClient.loginReady(two.port(), bob)) {
            annAtOne.single("before", bob, "before");
            bobAtTwo.ack(bobAtTwo.expect(DELIVERY).getLong("seq"));
            annAtOne.expectReceipt("delivered");

            List<String> gone = new ArrayList<>(registry().keySet());
            gone.removeIf(address -> !Addresses.nodeOf(address).startsWith(nodeTwo) || address.startsWith("witness"));
            assertThat(gone).isNotEmpty();
            // Again if need be: Vert.x itself registers anew what is its own whenever a member leaves.
            Eventually.holds("the bus watch finds out", () -> {
                if (log.lines("addresses of this node are not reached").isEmpty()) {
                    gone.forEach(registry()::remove);
                    return false;
                }
                return true;
            });
            List<String> heard = acknowledging(bobAtTwo);
            List<String> sent = new ArrayList<>();
            // The node registers anew at the same time; whoever is quicker, order holds.
            int stored = 0;
            while (stored < 2) {
                assertThat(sent).hasSizeLessThan(1_000);
                gone.forEach(registry()::remove);
                sent.add("stale-" + sent.size());
                stored += receipt(annAtOne, bob, sent).equals("stored") ? 1 : 0;
            }
            Eventually.holds(
                    "the node has registered anew", () -> registry().keySet().containsAll(gone));
            // The drain is at its end once something is pushed again.
            do {
                assertThat(sent).hasSizeLessThan(2_000);
                sent.add("after-" + sent.size());
            } while (!receipt(annAtOne, bob, sent).equals("delivered"));
            Eventually.holds(() -> "heard " + heard + " of " + sent, () -> heard.size() >= sent.size());
            assertThat(heard).isEqualTo(sent);
        }
    }

    private static String receipt(RawClient sender, String to, List<String> sent) {
        String newest = sent.get(sent.size() - 1);
        sender.single(newest, to, newest);
        return sender.expect(RawClient.RECEIPT).getString("status");
    }

    /** Acknowledges on a thread of its own whatever arrives, until the connection ends. */
    private static List<String> acknowledging(RawClient recipient) {
        List<String> heard = new CopyOnWriteArrayList<>();
        Thread thread = new Thread(() -> {
            for (var frame = recipient.nextOrEnd(); frame != null; frame = recipient.nextOrEnd()) {
                heard.add(frame.content().getString("chat_content"));
                recipient.ack(frame.content().getLong("seq"));
            }
        });
        thread.setDaemon(true);
        thread.start();
        return heard;
    }

    @Test
    void whatANewerNodeSendsIsRefusedSoThatItIsStored() {
        Addresses newer = new Addresses(CONF.node(2).getJsonObject("node").getString("id"), "ffffffff", 1);
        try (RawClient bobAtTwo = RawClient.loginReady(two.port(), bob)) {
            Location location = locate(bob);
            Cluster joined = await(
                    Cluster.join(CONF.config(2), newer, Vertx.builder(), new VertxOptions().setEventLoopPoolSize(1)));
            Vertx vertx = joined.vertx();
            try (CapturedLog log = CapturedLog.ofParley()) {
                List<Buffer> answers = new CopyOnWriteArrayList<>();
                await(vertx.eventBus()
                        .<Buffer>consumer(newer.courier(0), answer -> answers.add(answer.body()))
                        .completion());
                vertx.eventBus().send(location.gateway(), Buffer.buffer(new byte[] {99, 1, 2, 3}));
                vertx.eventBus().send(location.gateway(), "a string");
                vertx.eventBus().send(location.gateway(), unknownItems(newer.courier(0), location.session()));
                Eventually.holds("both are answered", () -> !answers.isEmpty());
                // Format 1, answers, two of them: REFUSED for 41, and NOT_HERE for the session that is not there.
                assertThat(answers.get(0))
                        .isEqualTo(Buffer.buffer(new byte[] {1, 2})
                                .appendInt(2)
                                .appendInt(10)
                                .appendByte((byte) 1)
                                .appendLong(41)
                                .appendByte((byte) 0)
                                .appendInt(10)
                                .appendByte((byte) 2)
                                .appendLong(42)
                                .appendByte((byte) 0));
                assertThat(log.complaints()).singleElement().satisfies(line -> assertThat(line.text())
                        .startsWith("another node's message is not readable"));
            } finally {
                await(vertx.close());
            }
            bobAtTwo.pingPong();
        }
    }

    private static Buffer unknownItems(String courier, String session) {
        Buffer first = unknownItem(session, 41);
        Buffer second = unknownItem("nobody", 42);
        Buffer third = unknownItem(session, 0);
        Buffer parcel = Buffer.buffer(new byte[] {1, 1});
        text(parcel, courier).appendInt(3);
        for (Buffer item : List.of(first, second, third)) {
            parcel.appendInt(item.length()).appendBuffer(item);
        }
        return parcel;
    }

    private static Buffer unknownItem(String session, long number) {
        Buffer item = text(Buffer.buffer(new byte[] {50}), session).appendLong(number);
        return text(item, "of a newer version");
    }

    private static Buffer text(Buffer to, String text) {
        return to.appendInt(text.length()).appendString(text);
    }

    private static Location locate(String userId) {
        Vertx vertx = Vertx.vertx();
        try {
            RedisLink redis = RedisLink.open(vertx, Services.redis());
            await(redis.ready());
            return await(new Locations(redis, Duration.ofHours(1)).locate(List.of(userId)))
                    .get(userId);
        } finally {
            await(vertx.close());
        }
    }

    /** Nobody but the nodes should reach these ports; who does all the same must not stop the node. */
    @Test
    void garbageAtTheNodesPortsDoesNotStopIt() throws IOException {
        Random random = new Random(7);
        try (CapturedLog log = CapturedLog.ofParley()) {
            for (String key : List.of("busPort", "port")) {
                int port = CONF.node(1).getJsonObject("cluster").getInteger(key);
                for (byte[] garbage : garbage(random)) {
                    try (Socket socket = new Socket("127.0.0.1", port)) {
                        socket.getOutputStream().write(garbage);
                        socket.getOutputStream().flush();
                    }
                }
            }
            try (RawClient annAtOne = RawClient.login(one.port(), ann);
                    RawClient bobAtTwo = RawClient.loginReady(two.port(), bob)) {
                annAtOne.single("c", bob, "still there");
                assertThat(bobAtTwo.expect(DELIVERY).getString("chat_content")).isEqualTo("still there");
            }
            assertThat(log.complaints()).as("errors of ours").noneMatch(line -> line.logger()
                    .startsWith("io.parley"));
        }
    }

    private static List<byte[]> garbage(Random random) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            byte[] bytes = new byte[1 + random.nextInt(2_000)];
            random.nextBytes(bytes);
            all.add(bytes);
        }
        all.add(new byte[] {0, 0, 0, 0});
        all.add(new byte[] {-1, -1, -1, -1, 0});
        all.add(new byte[] {0x7f, -1, -1, -1, 1, 2, 3});
        all.add(new byte[] {0, 0, 0, 4, 1, 127, 0, 0});
        all.add("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
        all.add("HZC".getBytes(US_ASCII));
        return all;
    }
}
