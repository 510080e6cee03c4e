package io.parley.client;

import static io.parley.testkit.FakeNode.await;
import static io.parley.testkit.FakeNode.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ClientOptions.Patience;
import io.parley.protocol.Command;
import io.parley.protocol.Event;
import io.parley.testkit.Eventually;
import io.parley.testkit.FakeNode;
import io.parley.testkit.TestCertificate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A program that takes its time with what arrives costs bounded memory, and keeps its connection. */
class BackPressureTest {

    private static final int DELIVERIES = 20_000;

    private static Vertx vertx;
    private static TestCertificate certificate;

    private final FakeNode node = new FakeNode(vertx, certificate);
    private final Queue<Promise<Void>> processing = new ConcurrentLinkedQueue<>();

    /** Soon missing an answer: a ping's that waits unread behind deliveries must not be taken for silence. */
    private final ParleyClient client = new ParleyClient(
            vertx,
            ClientOptions.of("127.0.0.1", node.port(), "10001")
                    .trusting(certificate.authority())
                    .withPassword("secret")
                    .with(new Patience(
                            false,
                            Duration.ofMillis(1),
                            Duration.ofMillis(20),
                            Duration.ofMillis(300),
                            Duration.ofSeconds(5),
                            3)));

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        certificate = TestCertificate.of("ip:127.0.0.1");
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    @AfterEach
    void close() {
        await(client.close());
        node.close();
    }

    @Test
    void aProgramThatIsBehindIsNotGivenMoreAndEverythingOnceItCatchesUp() throws Exception {
        client.onMessageAsync(incoming -> {
            Promise<Void> promise = Promise.promise();
            processing.add(promise);
            return promise.future();
        });
        Future<Event.Verified> connected = client.connect();
        FakeNode.Peer peer = node.accept();
        peer.next();
        peer.send(FakeNode.verified(null, Duration.ofSeconds(1)));
        await(connected);
        Event[] all = LongStream.rangeClosed(1, DELIVERIES)
                .mapToObj(seq -> delivery(seq, "c" + seq))
                .toArray(Event[]::new);
        Future<Void> written = peer.begin(all);
        Eventually.holds("many arrived", () -> processing.size() >= Acks.MOST_OPEN);
        // Some heartbeats later nothing else has arrived, and the connection lives although no pong is read.
        for (int i = 0; i < 3; i++) {
            assertThat(peer.next()).isEqualTo(new Command.Ping(""));
        }
        assertThat(processing).hasSizeLessThan(2 * Acks.MOST_OPEN);
        int done = 0;
        while (done < DELIVERIES) {
            Eventually.holds("more arrived", () -> !processing.isEmpty());
            List<Promise<Void>> now = new ArrayList<>();
            for (Promise<Void> each = processing.poll(); each != null; each = processing.poll()) {
                now.add(each);
            }
            done += now.size();
            now.forEach(Promise::complete);
        }
        await(written);
        Object heard = peer.next();
        while (!heard.equals(new Command.Ack(DELIVERIES))) {
            heard = peer.next();
        }
    }

    @Test
    void largeMessagesCountByTheirSize() {
        List<Boolean> reading = new ArrayList<>();
        List<Command> acks = new ArrayList<>();
        Acks tested = new Acks(() -> {}, acks::add, reading::add);
        int half = (int) (Acks.MOST_OPEN_CHARACTERS / 2);
        Promise<Void> first = Promise.promise();
        tested.add(1, half, first.future());
        assertThat(reading).isEmpty();
        tested.add(2, half, Future.succeededFuture());
        assertThat(reading).containsExactly(false);
        first.complete();
        tested.write();
        assertThat(reading).containsExactly(false, true);
        assertThat(acks).containsExactly(new Command.Ack(2));
    }
}
