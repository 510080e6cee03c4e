package io.parley.promises;

import static io.parley.testkit.RawClient.BYE;
import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.ERROR;
import static io.parley.testkit.RawClient.PATIENCE;
import static io.parley.testkit.RawClient.PING;
import static io.parley.testkit.RawClient.PONG;
import static io.parley.testkit.RawClient.RECEIPT;
import static io.parley.testkit.RawClient.SINGLE;
import static io.parley.testkit.RawClient.VERIFIED;
import static io.parley.testkit.RawClient.VERIFY;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.CapturedLog;
import io.parley.testkit.Property;
import io.parley.testkit.RawClient;
import io.parley.testkit.TestNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promise 7: bad input gets a clear error. Whatever one client sends, it gets an answer or is closed, the log gets one
 * debug line about it and no complaint, and two others talk on all the while.
 */
class BadInputIT {

    private static TestNode node;
    private static Conversation others;
    private static String user;

    private CapturedLog log;

    @BeforeAll
    static void start() {
        node = TestNode.start();
        user = TestNode.fresh(1).get(0);
        node.add(user);
        others = Conversation.on(node);
    }

    @AfterAll
    static void stop() {
        others.close();
        node.close();
    }

    @BeforeEach
    void listen() {
        log = CapturedLog.ofParley();
    }

    @AfterEach
    void nobodyElseNoticed() {
        others.goesOn();
        log.close();
        assertThat(log.complaints()).isEmpty();
    }

    static Stream<Arguments> brokenFraming() {
        Stream<Arguments> tooShort = IntStream.range(0, 12)
                .mapToObj(length -> Arguments.of(
                        "length " + length, Bytes.header(length, 1, PING).slice(0, Math.max(4, length)), "bad_frame"));
        Stream<Arguments> others = Stream.of(
                Arguments.of("a negative length", Bytes.header(-1, 1, PING), "bad_frame"),
                Arguments.of("the most negative length", Bytes.header(Integer.MIN_VALUE, 1, PING), "bad_frame"),
                Arguments.of("one byte too many", Bytes.header(65_537, 1, PING), "frame_too_large"),
                Arguments.of("a huge length", Bytes.header(Integer.MAX_VALUE, 1, PING), "frame_too_large"),
                Arguments.of("another protocol", Buffer.buffer("GET / HTTP/1.1\r\n\r\n"), "frame_too_large"),
                Arguments.of("version 2", Bytes.header(12, 2, PING), "bad_version"),
                Arguments.of("version -1", Bytes.header(12, -1, PING), "bad_version"));
        return Stream.concat(tooShort, others);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenFraming")
    void brokenFramingIsAnsweredAndCloses(String what, Buffer bytes, String error) {
        endsWith(RawClient.connect(node.port()), bytes, error);
        endsWith(RawClient.login(node.port(), user), bytes, error);
    }

    @Test
    void aVersionThatChangesIsAnsweredAndCloses() {
        endsWith(RawClient.login(node.port(), user), Bytes.frame(0, PING, new byte[0]), "bad_version");
    }

    private void endsWith(RawClient client, Buffer bytes, String error) {
        int refusedBefore = log.lines("refused").size();
        int endedBefore = log.lines("session ended").size();
        // What follows a lost boundary must not be taken for a frame.
        client.sendBytes(bytes.copy().appendBuffer(Bytes.frame(PING, "{}")));
        assertError(client.expect(ERROR), error, 0);
        assertThat(client.expect(BYE).getString("reason")).isEqualTo("protocol_error");
        assertThat(client.isClosedWithin(PATIENCE)).as("closed").isTrue();
        log.await(endedBefore + 1, "session ended");
        assertOneLine(refusedBefore, error);
    }

    /** Only one about it, with its code, and without a stack trace. */
    private void assertOneLine(int before, String error) {
        List<String> lines = log.lines("refused");
        assertThat(lines).as("debug lines").hasSize(before + 1);
        assertThat(lines.get(before)).contains("error=" + error + ":").doesNotContain("Refusal", "\n");
    }

    /** Each with what its error's sentence must name. */
    static final List<Arguments> BAD_CONTENTS = BadContents.ALL;

    @ParameterizedTest(name = "{0}")
    @FieldSource("BAD_CONTENTS")
    void aBadCommandIsAnsweredAndTheSessionGoesOn(
            String what, int command, byte[] content, String error, String named) {
        try (RawClient client = RawClient.login(node.port(), user)) {
            client.sendBytes(Bytes.frame(1, command, content));
            JsonObject said = client.expect(ERROR);
            assertError(said, error, command);
            assertThat(said.getString("detail")).contains(named);
            assertOneLine(0, error);
            assertServed(client);
        }
    }

    @ParameterizedTest
    @MethodSource("beforeVerify")
    void aCommandBeforeVerifyIsAnsweredAndALoginIsStillPossible(int command, String content) {
        try (RawClient client = RawClient.connect(node.port())) {
            client.sendBytes(Bytes.frame(command, content));
            assertError(client.expect(ERROR), "not_verified", command);
            assertOneLine(0, "not_verified");
            client.verify(user, TestNode.PASSWORD);
            assertThat(client.expect(VERIFIED).getInteger("code")).isEqualTo(1);
            assertServed(client);
        }
    }

    static Stream<Arguments> beforeVerify() {
        return Stream.of(
                Arguments.of(SINGLE, "{\"client_id\":\"c\",\"chat_to\":\"u\",\"chat_content\":\"x\"}"),
                Arguments.of(RawClient.ACK, "{\"seq\":1}"),
                Arguments.of(RawClient.ONLINE, "{\"user_ids\":[\"u\"]}"));
    }

    @Test
    void anErrorNamesTheClientIdOfItsCommand() {
        try (RawClient client = RawClient.login(node.port(), user)) {
            client.sendBytes(Bytes.frame(SINGLE, "{\"client_id\":\"c-7\",\"chat_to\":\"u\"}"));
            assertThat(client.expect(ERROR).getString("client_id")).isEqualTo("c-7");
        }
    }

    @Test
    void aMessageToNobodyIsRefused() {
        try (RawClient client = RawClient.login(node.port(), user)) {
            client.single("c", "nobody-has-this-id", "hello?");
            JsonObject receipt = client.expect(RECEIPT);
            assertThat(receipt.getString("status")).isEqualTo("refused");
            assertThat(receipt.getString("error")).isEqualTo("unknown_user");
            assertServed(client);
        }
    }

    @Test
    void framesMayComeInAnyPieces() {
        Property.forAll(10, random -> {
            try (RawClient client = RawClient.connect(node.port())) {
                int longest = random.nextBoolean() ? 3 : 300;
                Bytes.cut(wholeSession(), longest, random).forEach(client::sendBytes);
                assertWholeSession(client);
            }
        });
    }

    @Test
    void framesMayComeAllAtOnce() {
        try (RawClient client = RawClient.connect(node.port())) {
            client.sendBytes(wholeSession());
            assertWholeSession(client);
        }
    }

    private static Buffer wholeSession() {
        JsonObject verify = new JsonObject().put("user_id", user).put("password", TestNode.PASSWORD);
        Buffer bytes = Bytes.frame(VERIFY, verify.encode());
        for (int i = 0; i < 20; i++) {
            bytes.appendBuffer(Bytes.frame(PING, "{\"n\":\"" + "张".repeat(i) + "\"}"));
        }
        return bytes;
    }

    private static void assertWholeSession(RawClient client) {
        assertThat(client.expect(VERIFIED).getInteger("code")).isEqualTo(1);
        for (int i = 0; i < 20; i++) {
            assertThat(client.expect(PONG).getString("n")).isEqualTo("张".repeat(i));
        }
    }

    @Test
    void randomBytesHarmNobody() {
        int connections = 300;
        int[] loggedIn = {0};
        Property.forAll(connections, random -> {
            boolean login = random.nextInt(3) == 0;
            RawClient client = login ? RawClient.login(node.port(), user) : RawClient.connect(node.port());
            loggedIn[0] += login ? 1 : 0;
            send(client, Bytes.cut(noise(random), 2_000, random));
            if (random.nextBoolean()) {
                client.cut();
            } else {
                client.close();
            }
        });
        assertThat(loggedIn[0]).isPositive();
        // Each comes to its end: none hangs in a half-understood frame.
        log.await(connections, "session ended");
    }

    /** The node may have closed already. */
    private static void send(RawClient client, List<Buffer> pieces) {
        try {
            pieces.forEach(client::sendBytes);
        } catch (UncheckedIOException closed) {
            // Nothing more to say to it.
        }
    }

    /** From pure noise to frames in which only a few bytes are wrong. */
    private static Buffer noise(Random random) {
        Buffer noise = Buffer.buffer();
        int parts = 1 + random.nextInt(10);
        for (int i = 0; i < parts; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            switch (random.nextInt(4)) {
                case 0 -> noise.appendBytes(bytes);
                case 1 -> noise.appendBuffer(Bytes.frame(1, random.nextInt(16), bytes));
                case 2 -> noise.appendBuffer(Bytes.frame(1, random.nextInt(16), sample(random)));
                default -> noise.appendBuffer(Bytes.frame(1, random.nextInt(16), damaged(sample(random), random)));
            }
        }
        return noise;
    }

    private static byte[] sample(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "{\"user_id\":\"ann\",\"password\":\"guess\"}".getBytes(StandardCharsets.UTF_8);
            case 1 ->
                "{\"client_id\":\"c\",\"chat_to\":\"nobody\",\"chat_content\":\"h\\u00e9llo 张\"}"
                        .getBytes(StandardCharsets.UTF_8);
            case 2 -> "{\"seq\":3}".getBytes(StandardCharsets.UTF_8);
            default -> "{\"user_ids\":[\"ann\",\"bob\"]}".getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] damaged(byte[] content, Random random) {
        for (int i = 0; i <= random.nextInt(3); i++) {
            content[random.nextInt(content.length)] = (byte) random.nextInt();
        }
        return content;
    }

    private static void assertError(JsonObject said, String error, int command) {
        assertThat(said.getString("error")).isEqualTo(error);
        assertThat(said.getString("detail")).as("sentence").isNotBlank();
        assertThat(said.getInteger("command")).isEqualTo(command);
    }

    /** The client can still do what clients do: here, write to itself. */
    private static void assertServed(RawClient client) {
        client.single("after", user, "still here");
        boolean delivered = false;
        boolean receipted = false;
        while (!delivered || !receipted) {
            RawClient.Frame frame = client.next();
            assertThat(frame.command()).as("%s", frame).isIn(DELIVERY, RECEIPT);
            if (frame.command() == DELIVERY) {
                assertThat(frame.content().getString("chat_content")).isEqualTo("still here");
                client.ack(frame.content().getLong("seq"));
                delivered = true;
            } else {
                assertThat(frame.content().getString("status")).isIn("delivered", "stored");
                receipted = true;
            }
        }
        // Its ack has arrived, so that no later session gets the message again.
        client.pingPong();
    }
}
