package io.parley.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ParleyClient;
import io.parley.protocol.Receipt;
import io.parley.redis.Keys;
import io.parley.redis.RedisAdmin;
import io.parley.testkit.Eventually;
import io.parley.testkit.Proxy;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The clients of {@code src/clients} on a real node, beside a client in Java; where their interpreter is there. */
@Timeout(120)
class SmallClientsIT {

    private static final int MESSAGES = 200;
    private static final int CUT_EVERY = 50;

    private static TestNode node;
    private static Vertx vertx;

    @TempDir
    Path home;

    private final List<String> ids = TestNode.fresh(2);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private ParleyClient java;

    @BeforeAll
    static void start() {
        node = TestNode.start();
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        node.close();
        TestNode.await(vertx.close());
    }

    @BeforeEach
    void accounts() {
        node.add(ids);
        java = new ParleyClient(vertx, TestNode.options(node.port(), ann))
                .onMessage(incoming -> heard.add(incoming.message().content()));
        TestNode.await(java.connect());
    }

    @AfterEach
    void leave() {
        TestNode.await(java.close());
    }

    /** Bob's. */
    private SmallClient client(Language language, int port, String password) throws IOException {
        language.assumePresent();
        Path file = Files.writeString(home.resolve("password"), password + "\n");
        return new SmallClient(
                language,
                "--port=" + port,
                "--user=" + bob,
                "--ca=" + TestNode.ca(),
                "--password-file=" + file.toAbsolutePath());
    }

    private Receipt.Status send(String text) {
        return TestNode.await(java.send(bob, text)).status();
    }

    private String line(String text) {
        return "Name of " + ann + " (" + ann + "): " + text;
    }

    private void awaitEmptyMailbox() {
        try (RedisAdmin redis = new RedisAdmin(Services.redis())) {
            Eventually.holds(
                    "the mailbox of " + bob + " is empty",
                    () -> redis.run("ZCARD", Keys.mailbox(bob)).toInteger() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsFramingAgreesWithTheVectors(Language language) throws IOException {
        language.assumePresent();
        Process test = language.selfTest().start();
        String output = new String(test.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(Language.code(test)).as(output).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void talksWithAClientInJava(Language language) throws IOException {
        language.assumePresent();
        assertThat(send("early")).isEqualTo(Receipt.Status.STORED);
        try (SmallClient client = client(language, node.port(), TestNode.PASSWORD)) {
            client.awaitLine(line("early"));
            awaitEmptyMailbox();
            assertThat(send("你好\nand more")).isEqualTo(Receipt.Status.DELIVERED);
            client.awaitLine(line("你好 and more"));
            client.type(ann + " 😀 \"hello\"");
            client.awaitLine("-> " + ann + ": delivered");
            assertThat(heard).containsExactly("😀 \"hello\"");
            client.endInput();
            assertThat(client.code()).as(client.toString()).isZero();
        }
        assertThat(send("late")).isEqualTo(Receipt.Status.STORED);
    }

    @ParameterizedTest
    @EnumSource
    void losesAndRepeatsNothingWhenItsConnectionIsCut(Language language) throws IOException {
        try (Proxy network = Proxy.to("127.0.0.1", node.port());
                SmallClient client = client(language, network.port(), TestNode.PASSWORD)) {
            client.awaitConnections(1);
            List<Future<Receipt>> receipts = new ArrayList<>();
            for (int i = 1; i <= MESSAGES; i++) {
                receipts.add(java.send(bob, "down " + i));
                client.type(ann + " up " + i);
                if (i % CUT_EVERY == 0) {
                    long connections = client.connections();
                    network.cut();
                    client.awaitConnections(connections + 1);
                }
            }
            receipts.forEach(
                    receipt -> assertThat(TestNode.await(receipt).status()).isNotEqualTo(Receipt.Status.REFUSED));
            List<String> expected = numbered(line("down "));
            Eventually.holds(
                    () -> "all is shown: " + client, () -> client.lines().containsAll(expected));
            awaitEmptyMailbox();
            client.endInput();
            assertThat(client.code()).as(client.toString()).isZero();
            assertThat(client.lines().stream().filter(line -> line.startsWith("-> ")))
                    .hasSize(MESSAGES);
            assertThat(client.lines().stream().filter(line -> !line.startsWith("-> ")))
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(heard).containsExactlyInAnyOrderElementsOf(numbered("up "));
        }
    }

    private static List<String> numbered(String text) {
        return IntStream.rangeClosed(1, MESSAGES).mapToObj(i -> text + i).toList();
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsWrongWithThePasswordAndFails(Language language) throws IOException {
        try (SmallClient client = client(language, node.port(), "not-the-secret")) {
            assertThat(client.code()).isEqualTo(1);
            assertThat(client.errors()).startsWith("parley: bad_credentials: ").doesNotContain("not-the-secret");
            assertThat(client.lines()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void failsWhenAMessageIsRefused(Language language) throws IOException {
        try (SmallClient client = client(language, node.port(), TestNode.PASSWORD)) {
            client.type("nobody-" + bob + " hello?");
            client.endInput();
            assertThat(client.code()).isEqualTo(1);
            assertThat(client.lines()).singleElement().asString().contains("refused, unknown_user: ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void staysAwayWhenItsAccountIsElsewhere(Language language) throws IOException {
        try (SmallClient client = client(language, node.port(), TestNode.PASSWORD)) {
            client.awaitConnections(1);
            ParleyClient elsewhere = new ParleyClient(vertx, TestNode.options(node.port(), bob));
            TestNode.await(elsewhere.connect());
            assertThat(client.code()).isEqualTo(1);
            assertThat(client.errors()).contains("kicked");
            TestNode.await(elsewhere.close());
        }
    }
}
