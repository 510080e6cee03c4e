package io.parley.promises;

import static io.parley.testkit.RawClient.BYE;
import static io.parley.testkit.RawClient.PATIENCE;
import static io.parley.testkit.RawClient.PING;
import static io.parley.testkit.RawClient.PONG;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.CapturedLog;
import io.parley.testkit.Eventually;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Promises 6 and 7 for clients that stop in the middle, of a handshake, a frame or their reading: the node waits as
 * long as it is configured to, holds no more than its bounds meanwhile, and closes; two others talk on all the while.
 */
class StuckClientsIT {

    private static final int FRAMES = 10_000;

    /** All answers together are far more than what the network between two sockets of one machine can hold. */
    private static final String LARGE = "{\"x\":\"" + "x".repeat(6_000) + "\"}";

    /** Nothing, a part of the length, all of it, a part of the header, a part of the content. */
    private static final List<Integer> PIECES = List.of(0, 3, 4, 11, 13);

    private static TestNode node;
    private static Conversation others;
    private static String user;

    private CapturedLog log;

    @BeforeAll
    static void start() {
        JsonObject hasty = new JsonObject()
                .put("verifyTimeout", "2s")
                .put("heartbeat", "1s")
                .put("idleTimeout", "3s")
                .put("ackTimeout", "3s");
        node = TestNode.start(Services.database(), Services.redis(), new JsonObject().put("sessions", hasty));
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

    @Test
    void handshakesThatDoNotComeToTheirEndAreCutOff() throws IOException {
        List<byte[]> beginnings = List.of(
                new byte[0],
                // Half of a hello's record.
                new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3},
                // A whole record, whose handshake message would go on in the next one.
                new byte[] {22, 3, 1, 0, 6, 1, 0, 1, (byte) 0xfc, 3, 3},
                "hello, is anybody there?\r\n".getBytes(StandardCharsets.UTF_8),
                Bytes.frame(PING, "{}").getBytes());
        List<Socket> sockets = new ArrayList<>();
        for (byte[] beginning : beginnings) {
            Socket socket = new Socket("127.0.0.1", node.port());
            sockets.add(socket);
            socket.getOutputStream().write(beginning);
        }
        for (Socket socket : sockets) {
            readToTheEnd(socket);
        }
        log.await(beginnings.size(), "handshake failed");
        assertThat(log.lines("handshake failed")).hasSameSizeAs(beginnings);
    }

    private static void readToTheEnd(Socket socket) throws IOException {
        try (socket) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            while (socket.getInputStream().read() >= 0) {
                // An alert, perhaps.
            }
        } catch (SocketTimeoutException open) {
            throw new AssertionError("the node does not close", open);
        } catch (SocketException reset) {
            // Also an end.
        }
    }

    @Test
    void whoDoesNotVerifyIsTimedOutAlsoInTheMiddleOfAFrame() {
        assertTimedOut("verify_timeout", bytes -> {
            RawClient client = RawClient.connect(node.port());
            client.sendBytes(Bytes.frame(PING, "{\"x\":1}").slice(0, bytes));
            return client;
        });
    }

    @Test
    void whoFallsSilentAfterItsLoginIsTimedOutAlsoInTheMiddleOfAFrame() {
        Iterator<String> users = TestNode.fresh(PIECES.size()).iterator();
        assertTimedOut("idle", bytes -> {
            String silent = users.next();
            node.add(silent);
            RawClient client = RawClient.login(node.port(), silent);
            client.sendBytes(Bytes.frame(PING, "{\"x\":1}").slice(0, bytes));
            return client;
        });
    }

    private void assertTimedOut(String reason, IntFunction<RawClient> silentAfter) {
        List<RawClient> silent = PIECES.stream().map(silentAfter::apply).toList();
        for (RawClient client : silent) {
            assertThat(client.expect(BYE).getString("reason")).isEqualTo(reason);
            assertThat(client.isClosedWithin(PATIENCE)).isTrue();
        }
        // Not all that end: one of an earlier test may do so only now.
        Eventually.holds(
                silent.size() + " sessions ended by " + reason,
                () -> log.lines("session ended").stream()
                                .filter(line -> line.contains("reason=" + reason))
                                .count()
                        == silent.size());
    }

    @Test
    void pingsDoNotReplaceALogin() {
        RawClient client = RawClient.connect(node.port());
        RawClient.Frame frame;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            try {
                client.sendBytes(Bytes.frame(PING, "{}"));
            } catch (UncheckedIOException closed) {
                // Its reason is still there to be read.
            }
            frame = client.next();
        } while (frame.command() == PONG);
        assertThat(frame.content().getString("reason")).isEqualTo("verify_timeout");
    }

    @Test
    void whoWritesWithoutReadingIsPausedAndServedAsSoonAsItReads() throws Exception {
        RawClient client = RawClient.login(node.port(), user);
        Flood flood = new Flood(client);
        flood.awaitStandstill();
        assertThat(flood.sent())
                .as("frames that the node and the network took in")
                .isLessThan(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            assertThat(client.expect(PONG).getString("x")).hasSize(6_000);
        }
        assertThat(flood.awaitEnd()).as("frames sent").isEqualTo(FRAMES);
        client.close();
    }

    @Test
    void whoWritesWithoutEverReadingIsCutOff() throws Exception {
        RawClient client = RawClient.login(node.port(), user);
        Flood flood = new Flood(client);
        assertThat(flood.awaitEnd()).as("frames sent until it was cut off").isLessThan(FRAMES);
        log.await(1, "session ended");
        assertThat(log.lines("session ended")).singleElement().asString().contains("reason=slow");
        client.cut();
    }

    @Test
    void whoAsksWithoutReadingDoesNotCrowdOutOthersQuestions() throws Exception {
        RawClient client = RawClient.login(node.port(), user);
        Buffer questions = Buffer.buffer();
        for (int i = 0; i < FRAMES; i++) {
            questions.appendBuffer(Bytes.frame(RawClient.ONLINE, "{\"user_ids\":[\"" + user + "\"]}"));
        }
        CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> client.sendBytes(questions));
        for (int i = 0; i < FRAMES; i++) {
            JsonObject online = client.expect(RawClient.ONLINE_ANSWER).getJsonObject("online");
            assertThat(online.getBoolean(user)).isTrue();
        }
        asking.get(PATIENCE.toSeconds(), SECONDS);
        client.close();
    }

    /** A thread that sends ping after ping and reads no answer. */
    private static final class Flood {

        private final AtomicInteger sent = new AtomicInteger();
        private final CompletableFuture<Void> flooding;

        Flood(RawClient client) {
            Buffer ping = Bytes.frame(PING, LARGE);
            flooding = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < FRAMES; i++) {
                    client.sendBytes(ping);
                    sent.incrementAndGet();
                }
            });
        }

        int sent() {
            return sent.get();
        }

        /**
         * No write has come back for a while: nobody takes any more. To be wrong about it would only make the test
         * weaker.
         */
        void awaitStandstill() throws InterruptedException, ExecutionException {
            int before = -1;
            while (sent() == 0 || sent() != before) {
                before = sent();
                try {
                    flooding.get(500, MILLISECONDS);
                    return;
                } catch (TimeoutException stillWriting) {
                    // Look again.
                }
            }
        }

        /** Waits until all is sent or the connection is cut. */
        int awaitEnd() throws InterruptedException, TimeoutException {
            try {
                flooding.get(PATIENCE.toSeconds(), SECONDS);
            } catch (ExecutionException cut) {
                assertThat(cut.getCause()).isInstanceOf(UncheckedIOException.class);
            }
            return sent();
        }
    }
}
