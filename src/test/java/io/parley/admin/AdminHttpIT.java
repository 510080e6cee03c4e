package io.parley.admin;

import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.HttpConfig;
import io.parley.metrics.Metrics;
import io.parley.testkit.CapturedLog;
import io.parley.testkit.Eventually;
import io.parley.testkit.Http;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP of a node without the node: checks are the test's own. */
class AdminHttpIT {

    /** One test blocks an event loop on purpose; Vert.x need not tell. */
    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setMaxEventLoopExecuteTime(1).setMaxEventLoopExecuteTimeUnit(TimeUnit.HOURS));

    private AdminVerticle admin;

    private int serve(Check... checks) {
        admin = new AdminVerticle(new HttpConfig("127.0.0.1", 0), List.of(checks), new Metrics());
        await(vertx.deployVerticle(admin));
        return admin.port();
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void readyIsTheSumOfItsChecks() {
        int port = serve(Check.of("one", () -> true), Check.of("two", () -> false));
        var answer = Http.get(port, "/health/ready");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(new JsonObject(answer.body()))
                .isEqualTo(new JsonObject("{\"status\": \"down\", \"checks\": {\"one\": \"up\", \"two\": \"down\"}}"));
        assertThat(Http.get(port, "/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aCheckThatNeverAnswersIsDownInTimeAndOneThatThrowsToo() {
        try (CapturedLog log = CapturedLog.ofParley()) {
            int port = serve(new Check("silent", () -> Promise.promise().future()), new Check("broken", () -> {
                throw new IllegalStateException("a bug");
            }));
            long asked = System.nanoTime();
            assertThat(Http.ready(port).getJsonObject("checks").getMap())
                    .containsEntry("silent", "down")
                    .containsEntry("broken", "down");
            assertThat(System.nanoTime() - asked).isBetween(Readiness.LIMIT.toNanos(), 5_000_000_000L);
            assertThat(log.complaints())
                    .extracting(CapturedLog.Line::text)
                    .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                    .contains("check=broken", "a bug");
        }
    }

    @Test
    void aStormOfProbesAsksTheChecksOnceASecond() {
        AtomicInteger asked = new AtomicInteger();
        int port = serve(new Check("counted", () -> Future.succeededFuture(asked.incrementAndGet())));
        long begun = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            assertThat(Http.get(port, i % 2 == 0 ? "/health/ready" : "/metrics").statusCode())
                    .isEqualTo(200);
        }
        long seconds = (System.nanoTime() - begun) / Shared.LIFE.toNanos();
        assertThat(asked.get()).isBetween(1, (int) seconds + 2);
    }

    @Test
    void liveTurnsDownWhenAnEventLoopIsStuckAndUpWhenItGoesOn() {
        int port = serve();
        CountDownLatch stuck = new CountDownLatch(1);
        // Contexts go round the loops, so this one is not on the loop that answers.
        vertx.getOrCreateContext().runOnContext(onLoop -> stick(stuck));
        try {
            Eventually.holds(
                    "live is down", () -> Http.get(port, "/health/live").statusCode() == 503);
            assertThat(Http.get(port, "/health/live").body()).contains("\"down\"");
            assertThat(Http.get(port, "/health/ready").statusCode()).isEqualTo(200);
        } finally {
            stuck.countDown();
        }
        Eventually.holds("live is up", () -> Http.get(port, "/health/live").statusCode() == 200);
    }

    private static void stick(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatIsNotThereIsNotFoundAndNothingCanBeChanged() {
        int port = serve();
        assertThat(Http.get(port, "/").statusCode()).isEqualTo(404);
        assertThat(Http.get(port, "/metrics/").statusCode()).isEqualTo(404);
        assertThat(Http.get(port, "/health/../metrics").statusCode()).isEqualTo(404);
        for (String method : List.of("POST", "PUT", "DELETE", "TRACE1")) {
            var refused = Http.ask(port, method, "/metrics", "x".repeat(100_000));
            assertThat(refused.statusCode()).isEqualTo(405);
            assertThat(refused.headers().firstValue("allow")).hasValue("GET, HEAD");
        }
        assertThat(Http.ask(port, "HEAD", "/health/ready", "").body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001",
                "GET\r\n\r\n",
                "GET http://[ HTTP/1.1\r\n\r\n",
                "GET /%zz%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET * HTTP/1.1\r\nHost: x\r\n\r\n",
                "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /metrics HTTP/9.9\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                        + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                "POST /metrics HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\nx",
                "POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                "POST /metrics HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n"
            })
    void bytesThatNoProbeSendsAreAnsweredOrClosedAndNobodyComplains(String bytes) {
        int port = serve();
        try (CapturedLog log = CapturedLog.ofParley()) {
            assertThat(Http.raw(port, bytes)).doesNotContain("Exception", "io.vertx", "\tat ");
            assertThat(Http.get(port, "/health/live").statusCode()).isEqualTo(200);
            assertThat(log.complaints()).isEmpty();
        }
    }

    @Test
    void longLinesAndHeadersAreRefused() {
        int port = serve();
        String line = "GET /" + "x".repeat(100_000) + " HTTP/1.1\r\n\r\n";
        String header = "GET /metrics HTTP/1.1\r\nX: " + "x".repeat(100_000) + "\r\n\r\n";
        String headers = "GET /metrics HTTP/1.1\r\n" + "X: y\r\n".repeat(20_000) + "\r\n";
        for (String bytes : List.of(line, header, headers)) {
            assertThat(Http.raw(port, bytes)).doesNotContain(" 200 ");
        }
        assertThat(Http.get(port, "/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aRequestThatDoesNotComeToItsEndIsCutOffHoweverItDribbles() throws IOException {
        int port = serve();
        long begun = System.nanoTime();
        try (Socket half = Http.connect(port);
                Socket slow = Http.connect(port);
                Socket mute = Http.connect(port)) {
            half.getOutputStream().write("GET /metrics HT".getBytes(StandardCharsets.ISO_8859_1));
            slow.getOutputStream().write("GET /metrics HTTP/1.1\r\nX: ".getBytes(StandardCharsets.ISO_8859_1));
            slow.setSoTimeout(200);
            dribble(slow);
            assertThat(Http.untilClosed(half)).isEmpty();
            assertThat(Http.untilClosed(mute)).isEmpty();
        }
        assertThat(System.nanoTime() - begun).isBetween(Visitors.LONGEST.toNanos() / 2, Http.PATIENCE.toNanos() - 1);
    }

    /** A byte each 200 ms, until the other side has had enough. */
    private static void dribble(Socket slow) {
        long deadline = System.nanoTime() + Http.PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                slow.getOutputStream().write('x');
                if (slow.getInputStream().read() < 0) {
                    return;
                }
            } catch (java.net.SocketTimeoutException stillOpen) {
                // The next byte
            } catch (IOException reset) {
                return;
            }
        }
        throw new AssertionError("not cut off");
    }

    @Test
    void silentVisitorsMakeRoomForTheNext() throws IOException {
        int port = serve();
        List<Socket> silent = new ArrayList<>();
        try {
            long begun = System.nanoTime();
            for (int i = 0; i < 3 * Visitors.MOST; i++) {
                silent.add(Http.connect(port));
            }
            assertThat(Http.get(port, "/health/live").statusCode()).isEqualTo(200);
            assertThat(Http.untilClosed(silent.get(0))).isEmpty();
            assertThat(System.nanoTime() - begun).isLessThan(Visitors.LONGEST.toNanos());
        } finally {
            for (Socket each : silent) {
                each.close();
            }
        }
    }

    @Test
    void aTakenPortIsOneSentence() throws IOException {
        int port = serve();
        AdminVerticle second = new AdminVerticle(new HttpConfig("127.0.0.1", port), List.of(), new Metrics());
        Vertx other = Vertx.vertx();
        try {
            assertThat(other.deployVerticle(second)
                            .otherwise(Throwable::getMessage)
                            .map(String::valueOf))
                    .satisfies(said ->
                            assertThat(await(said)).startsWith("http cannot listen on 127.0.0.1:" + port + ": "));
        } finally {
            await(other.close());
        }
    }
}
