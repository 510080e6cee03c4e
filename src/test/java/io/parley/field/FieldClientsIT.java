package io.parley.field;

import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.parley.Node;
import io.parley.auth.AccountAdmin;
import io.parley.config.ListenerConfig;
import io.parley.config.NodeConfig;
import io.parley.config.TlsConfig;
import io.parley.dev.DevAccounts;
import io.parley.dev.DevCertificate;
import io.parley.dev.DevConfig;
import io.parley.dev.RedisServer;
import io.parley.testkit.Eventually;
import io.parley.testkit.Services;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The three kinds of clients that exist in the field, unmodified, on the listeners and accounts of dev. */
@Timeout(120)
class FieldClientsIT {

    private static final String OFFLINE = "[离线消息]";

    private static final Vertx vertx = Vertx.vertx();
    private static Path ca;
    private static RedisServer redis;
    private static Node node;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        assumeThat(FieldClient.canRun()).as("python3 is there").isTrue();
        TlsConfig tls = DevCertificate.in(data);
        ca = tls.certificate();
        // Its own, as the ids are those that dev has.
        redis = Services.ownRedis();
        int offset = ThreadLocalRandom.current().nextInt(14_000, 21_000);
        NodeConfig config = DevConfig.of(data, tls, Services.database(), redis.config(), offset);
        Set<String> names =
                config.listeners().stream().map(ListenerConfig::name).collect(Collectors.toSet());
        assertThat(names).contains("text", "guests", "line-guests");
        node = await(Node.start(config));
        AccountAdmin accounts = AccountAdmin.open(vertx, config.auth(), config.mysql(), config.redis());
        await(DevAccounts.addTo(accounts).eventually(accounts::close));
    }

    @AfterAll
    static void stop() throws IOException {
        if (node != null) {
            await(node.stop());
        }
        if (redis != null) {
            redis.stop();
        }
        await(vertx.close());
    }

    private static FieldClient client(String script, String listener, String argument) {
        return new FieldClient(
                script, "127.0.0.1", Integer.toString(node.ports().get(listener)), argument);
    }

    private static FieldClient text() {
        FieldClient client = client("text_client", "text", ca.toString());
        Eventually.holds("it is greeted", () -> client.printed().size() == 1);
        return client;
    }

    private static FieldClient telnet(String name) {
        FieldClient client = client("telnet_client", "line-guests", name);
        client.awaitLine("in: ");
        return client;
    }

    private static FieldClient frames(String number) {
        FieldClient client = client("frame_client", "guests", number);
        client.awaitLine("101 verified 1");
        return client;
    }

    private static String message(String from, String content) {
        return "\\d{4}-\\d\\d-\\d\\d .*\\\\n\\[ " + from + " \\]:" + content + "\"";
    }

    private static void awaitMatch(FieldClient client, String line) {
        Eventually.holds(() -> line + " in " + client.printed(), () -> client.printed().stream()
                .anyMatch(each -> each.matches(line)));
    }

    @Test
    void aTextClientIsToldWhatWasStoredAndItsRecipientWhatWaited() {
        try (FieldClient zhang = text()) {
            zhang.type("auth 10001 123456");
            zhang.awaitLine("登录成功");
            zhang.type("msg 10002 你好");
            awaitMatch(zhang, "\"\\Q" + OFFLINE + "\\E" + message("张三\\|UID:10001", "你好"));
            try (FieldClient li = text()) {
                li.type("auth 10002 123456");
                awaitMatch(li, "\"\\Q" + OFFLINE + "\\E" + message("张三\\|UID:10001", "你好"));
                // From now on it is pushed to: what waited is behind it.
                li.type("msg 10001 在吗");
                awaitMatch(zhang, "\"" + message("李四\\|UID:10002", "在吗"));
                awaitMatch(li, "\"" + message("李四\\|UID:10002", "在吗"));
            }
        }
    }

    @Test
    void aTextClientGetsHelpAndMayLogInAgainAfterALogout() {
        try (FieldClient wang = text()) {
            wang.type("help");
            wang.awaitLine("msg");
            wang.type("auth 10003 wrong");
            Eventually.holds("it is refused", () -> wang.printed().size() == 3);
            wang.type("auth 10003 123456");
            wang.awaitLine("王五");
            wang.type("logout");
            Eventually.holds("it is logged out", () -> wang.printed().size() == 5);
            wang.type("msg 10004 x");
            wang.awaitLine("还没有登录");
            wang.type("auth 10004 123456");
            wang.awaitLine("赵六");
            assertThat(wang.printed()).noneMatch(line -> line.contains("closed"));
        }
    }

    @Test
    void aClientOfVersion0SendsToOneToTwoAndToEverybodyInOneWrite() {
        try (FieldClient one = frames("000001");
                FieldClient two = frames("000002");
                FieldClient three = frames("000003")) {
            one.type("single 000002 一", "group 000002,000003 二", "broadcast 三", "");
            two.awaitLine("102 single from 000001: 一");
            for (FieldClient each : List.of(two, three)) {
                each.awaitLine("103 group from 000001: 二");
                each.awaitLine("104 broadcast from 000001: 三");
            }
            assertThat(three.printed()).noneMatch(line -> line.startsWith("102"));
            assertThat(one.printed()).noneMatch(line -> line.startsWith("199"));
        }
    }

    @Test
    void telnetStyleClientsTalkInTheLobby() {
        try (FieldClient ann = telnet("ann");
                FieldClient bob = telnet("bob")) {
            ann.awaitLine("bob has entered the room.");
            ann.type("say hi all");
            bob.awaitLine("ann: hi all");
            bob.type("look");
            bob.awaitLine("Online Users:");
            Eventually.holds(() -> "both are listed: " + bob.printed(), () -> bob.printed()
                    .containsAll(List.of("ann", "bob")));
            bob.type("logout");
            bob.awaitLine("closed");
            ann.awaitLine("bob has left the room.");
        }
    }

    /** They compare what one read brings, byte for byte: an end of line is not what they know. */
    @Test
    void telnetStyleClientsKnowWhyTheyMayNotComeIn() {
        try (FieldClient cay = telnet("cay");
                FieldClient again = client("telnet_client", "line-guests", "cay");
                FieldClient nobody = client("telnet_client", "line-guests", "")) {
            again.awaitLine("UserName Exist!");
            nobody.awaitLine("UserName Empty!");
            cay.type("look");
            cay.awaitLine("Online Users:");
        }
    }
}
