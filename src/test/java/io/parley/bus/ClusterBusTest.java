package io.parley.bus;

import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.protocol.Refusal;
import io.parley.testkit.CapturedLog;
import io.parley.testkit.Eventually;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Within one node; between nodes it is tested in {@code cluster}. */
@Isolated("it looks at the log")
class ClusterBusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final Addresses addresses = new Addresses("node-1", "0000abcd", 1);
    private final String gateway = addresses.gateway(0);
    private final String elsewhere = new Addresses("node-2", "0000abcd", 1).gateway(0);
    private final ClusterBus bus = new ClusterBus(vertx, addresses, Members.alone(addresses));
    private final List<Object> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void registerCodec() {
        LocalCodec.registerOn(vertx.eventBus());
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private void listen() {
        await(bus.consume(gateway, received -> heard.add(received.record())));
    }

    @Test
    void withinTheNodeARecordIsHandedOverAsItIs() {
        listen();
        Parcel parcel = new Parcel("courier", List.of(new Parcel.Nudge("s")));
        await(bus.send(gateway, parcel));
        Eventually.holds("heard", () -> !heard.isEmpty());
        assertThat(heard.get(0)).isSameAs(parcel);
    }

    @Test
    void aRequestWithinTheNodeIsAnsweredAsItWasAsked() {
        await(bus.consume(gateway, received -> received.reply(SessionState.ALIVE)));
        assertThat(await(bus.<Crossing>request(gateway, new AskSession("s"), PATIENCE)))
                .isSameAs(SessionState.ALIVE);
    }

    @Test
    void aRequestAsBytesIsAnsweredInBytes() {
        await(bus.consume(
                gateway,
                received -> received.reply(
                        received.record().equals(new AskSession("s")) ? SessionState.ALIVE : SessionState.GONE)));
        Buffer reply = await(vertx.eventBus().<Buffer>request(gateway, WireForm.encode(new AskSession("s"))))
                .body();
        assertThat(WireForm.decode(reply)).isEqualTo(SessionState.ALIVE);
    }

    @Test
    void whatIsSentToANodeThatIsNotThereFailsAtOnce() {
        assertThat(bus.send(elsewhere, new Crossing.Ping()).cause()).isSameAs(Bus.NOBODY_THERE);
        assertThat(bus.request(elsewhere, new Crossing.Ping(), PATIENCE).cause())
                .isSameAs(Bus.NOBODY_THERE);
    }

    /** The registry has lost it, or does not know it yet: that is not the same as a node that has left. */
    @Test
    void whatIsSentToANodeThatIsThereButNotRegisteredFailsAtOnceToo() {
        ClusterBus trusting = new ClusterBus(vertx, addresses, new Everybody());
        assertThatThrownBy(() -> await(trusting.send(elsewhere, new Crossing.Ping())))
                .isInstanceOf(Refusal.class)
                .isNotSameAs(Bus.NOBODY_THERE)
                .hasMessage("the cluster does not know the address");
        assertThatThrownBy(() -> await(trusting.request(elsewhere, new Crossing.Ping(), PATIENCE)))
                .isInstanceOf(Refusal.class)
                .isNotSameAs(Bus.NOBODY_THERE);
    }

    @Test
    void aNodeThatDoesNotAnswerCostsNoMoreThanThePatience() {
        ClusterBus trusting = new ClusterBus(vertx, addresses, new Everybody());
        await(bus.consume(elsewhere, received -> {}));
        assertThatThrownBy(() -> await(trusting.request(elsewhere, new AskSession("s"), Duration.ofMillis(20))))
                .isInstanceOf(Refusal.class)
                .hasMessage("the other node does not answer");
    }

    @Test
    void whoeverAskedANodeThatLeavesIsNotKeptWaiting() {
        ClusterBus trusting = new ClusterBus(vertx, addresses, new Everybody());
        await(bus.consume(elsewhere, received -> {}));
        Future<Crossing> stays = trusting.request(elsewhere, new AskSession("s"), PATIENCE);
        trusting.left("node-3-0000abcd");
        assertThat(stays.isComplete()).isFalse();
        trusting.left("node-2-0000abcd");
        assertThat(stays.cause()).isSameAs(Bus.NOBODY_THERE);
    }

    @Test
    void aPingIsAnsweredWithoutTheConsumersHelp() {
        listen();
        assertThat(await(bus.<Crossing>request(gateway, new Crossing.Ping(), PATIENCE)))
                .isEqualTo(new Crossing.Pong());
        assertThat(heard).isEmpty();
    }

    @Test
    void whatCannotBeReadIsComplainedAboutOnceAndLeftAlone() {
        listen();
        try (CapturedLog log = CapturedLog.ofParley()) {
            for (Object foreign : foreign()) {
                vertx.eventBus().send(gateway, foreign);
            }
            bus.send(gateway, new AskSession("s"));
            Eventually.holds("what follows is heard", () -> !heard.isEmpty());
            assertThat(log.complaints()).singleElement().satisfies(line -> assertThat(line.text())
                    .isEqualTo("another node's message is not readable, more may follow address=" + gateway
                            + " reason=format 9"));
        }
        assertThat(heard).containsExactly(new AskSession("s"));
    }

    /** By bytes of another format, and by what only somebody who is no node of ours sends. */
    private static List<Object> foreign() {
        return List.of(
                Buffer.buffer(new byte[] {9, 9}),
                Buffer.buffer(),
                Buffer.buffer(new byte[] {1, 1, -1, -1, -1, -1}),
                "a string",
                new JsonObject().put("a", 1),
                7L);
    }

    @Test
    void aMessageWithoutABodyIsNotReadableEither() {
        listen();
        try (CapturedLog log = CapturedLog.ofParley()) {
            vertx.eventBus().send(gateway, null);
            bus.send(gateway, new AskSession("s"));
            Eventually.holds("what follows is heard", () -> !heard.isEmpty());
            assertThat(log.complaints()).singleElement().satisfies(line -> assertThat(line.text())
                    .contains("not readable")
                    .doesNotContain("Exception"));
        }
    }

    @Test
    void aConsumerThatBreaksIsLoggedOnceAndTheAskerGetsAnAnswer() {
        await(bus.consume(gateway, received -> {
            throw new IllegalStateException("a bug");
        }));
        try (CapturedLog log = CapturedLog.ofParley()) {
            assertThatThrownBy(() -> await(bus.request(gateway, new AskSession("s"), PATIENCE)))
                    .isInstanceOf(Refusal.class);
            assertThat(log.complaints()).singleElement().satisfies(line -> assertThat(line.text())
                    .startsWith("message not handled address=" + gateway)
                    .contains("a bug"));
        }
    }

    /** As this node sees the cluster when the registry lags behind. */
    private static final class Everybody implements Members {
        @Override
        public boolean reach(String address) {
            return true;
        }

        @Override
        public Set<String> others() {
            return Set.of("node-2-0000abcd");
        }
    }
}
