package io.parley.delivery;

import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bus.Addresses;
import io.parley.bus.ClusterBus;
import io.parley.bus.LocalCodec;
import io.parley.bus.Members;
import io.parley.bus.Parcel;
import io.parley.bus.Parcel.Nudge;
import io.parley.bus.Parcel.Push;
import io.parley.protocol.Envelope;
import io.parley.testkit.Eventually;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What leaves a shard for gateways, over a bus on which "the other node" is this one under another name. */
class DestinationsTest {

    private static final String COURIER = "courier.here-1.0";

    private final Vertx vertx = Vertx.vertx();
    private final Context shard = vertx.getOrCreateContext();
    private final Addresses here = new Addresses("here", "1", 1);
    private final Addresses there = new Addresses("there", "1", 1);
    private final String gateway = there.gateway(0);
    private final List<Parcel> arrived = new CopyOnWriteArrayList<>();
    private final List<Long> lost = new CopyOnWriteArrayList<>();
    private volatile boolean thereLeft;
    private Destinations destinations;

    private final Members members = new Members() {
        @Override
        public boolean reach(String address) {
            return !thereLeft || here.isHere(address);
        }

        @Override
        public Set<String> others() {
            return Set.of(there.self());
        }
    };

    @BeforeEach
    void open() {
        LocalCodec.registerOn(vertx.eventBus());
        ClusterBus bus = new ClusterBus(vertx, here, members);
        onShard(() -> destinations = new Destinations(bus, here, COURIER, shard, lost::addAll));
        listen(gateway);
    }

    private void listen(String address) {
        await(new ClusterBus(vertx, there, members).consume(address, each -> arrived.add((Parcel) each.record())));
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    /** One turn of the shard's loop. */
    private <T> T onShard(Supplier<T> turn) {
        Promise<T> done = Promise.promise();
        shard.runOnContext(now -> {
            try {
                done.complete(turn.get());
            } catch (RuntimeException | AssertionError failed) {
                done.fail(failed);
            }
        });
        return await(done.future());
    }

    private void inOneTurn(Runnable turn) {
        onShard(() -> {
            turn.run();
            return null;
        });
    }

    private static Push push(int number) {
        return new Push("s", number, new Envelope("m" + number, "{}"));
    }

    private Destination window() {
        return onShard(() -> destinations.find(gateway));
    }

    private void awaitParcels(int parcels) {
        Eventually.holds(() -> parcels + " parcels, not " + arrived, () -> arrived.size() >= parcels);
    }

    @Test
    void aTurnsPushesAndNudgesLeaveAsOneParcelInTheirOrder() {
        inOneTurn(() -> {
            destinations.push(gateway, push(1));
            destinations.nudge(gateway, new Nudge("s"));
            destinations.push(gateway, push(2));
        });
        awaitParcels(1);
        assertThat(arrived).containsExactly(new Parcel(COURIER, List.of(push(1), new Nudge("s"), push(2))));
    }

    @Test
    void thereIsNoWindowToAGatewayOfThisNode() {
        assertThat(onShard(() -> destinations.find(here.gateway(0)))).isNull();
        listen(here.gateway(0));
        inOneTurn(() -> destinations.push(here.gateway(0), push(1)));
        awaitParcels(1);
        assertThat(lost).isEmpty();
    }

    @Test
    void eachGatewayHasAWindowOfItsOwn() {
        Destination other = onShard(() -> destinations.find(there.gateway(1)));
        assertThat(window()).isSameAs(window()).isNotSameAs(other);
    }

    @Test
    void aNudgeForAShutWindowWaitsAndLeavesBeforeAnythingElse() {
        Destination window = window();
        inOneTurn(() -> {
            assertThat(window.admits(Integer.MAX_VALUE)).isFalse();
            destinations.nudge(gateway, new Nudge("a"));
            destinations.nudge(gateway, new Parcel.Readmit("b"));
            destinations.nudge(gateway, new Nudge("a"));
            destinations.tick();
        });
        assertThat(arrived).isEmpty();
        inOneTurn(() -> {
            window.told();
            destinations.tick();
            assertThat(window.admits(1)).isTrue();
            destinations.push(gateway, push(1));
        });
        awaitParcels(1);
        assertThat(arrived)
                .containsExactly(new Parcel(COURIER, List.of(new Nudge("a"), new Parcel.Readmit("b"), push(1))));
    }

    @Test
    void aShutWindowOpensAsSoonAsWhatWasWrittenHasLeft() {
        Destination window = window();
        inOneTurn(() -> {
            window.writing(16 << 20);
            assertThat(window.admits(1)).isFalse();
            window.told();
            window.written(16 << 20);
            destinations.nudge(gateway, new Nudge("owed"));
            // A parcel that is under way already; when it has left, somebody looks.
            destinations.push(gateway, push(1));
        });
        awaitParcels(2);
        assertThat(arrived.get(1).items()).containsExactly(new Nudge("owed"));
        assertThat(onShard(window::isShut)).isFalse();
    }

    @Test
    void whatIsWrittenTakesRoomUntilItHasLeft() {
        Destination window = window();
        inOneTurn(() -> destinations.push(gateway, push(1)));
        awaitParcels(1);
        Eventually.holds("nothing is outstanding", () -> onShard(window::isIdle));
    }

    @Test
    void pushesToANodeThatHasLeftAreLostAtOnce() {
        Destination window = window();
        thereLeft = true;
        inOneTurn(() -> {
            destinations.push(gateway, push(1));
            destinations.nudge(gateway, new Nudge("s"));
            destinations.push(gateway, push(2));
        });
        Eventually.holds("both are lost", () -> lost.size() == 2);
        assertThat(lost).containsExactly(1L, 2L);
        assertThat(onShard(window::isIdle)).isTrue();
    }

    @Test
    void pushesToAnAddressThatTheRegistryDoesNotKnowAreLostAtOnce() {
        inOneTurn(() -> destinations.push(there.gateway(1), push(1)));
        Eventually.holds("it is lost", () -> lost.equals(List.of(1L)));
    }

    /** Or who waits for it waits until a heartbeat, and what is pushed meanwhile overtakes what was stored. */
    @Test
    void aNudgeThatCouldNotBeSentIsSentAgainBeforeAnythingElse() {
        String unknown = there.gateway(1);
        Destination window = onShard(() -> destinations.find(unknown));
        inOneTurn(() -> {
            destinations.push(unknown, push(1));
            destinations.nudge(unknown, new Nudge("a"));
            destinations.nudge(unknown, new Parcel.Readmit("b"));
        });
        Eventually.holds("the push is lost", () -> lost.equals(List.of(1L)));
        assertThat(onShard(window::isShut)).as("until the next tick").isTrue();
        inOneTurn(destinations::tick);
        Eventually.holds("it has failed again", () -> onShard(window::isShut));
        assertThat(onShard(() -> destinations.find(unknown))).isSameAs(window);

        listen(unknown);
        inOneTurn(() -> {
            destinations.tick();
            assertThat(window.admits(1)).isTrue();
            destinations.push(unknown, push(2));
        });
        awaitParcels(1);
        assertThat(arrived)
                .containsExactly(new Parcel(COURIER, List.of(new Nudge("a"), new Parcel.Readmit("b"), push(2))));
        assertThat(lost).containsExactly(1L);
    }

    @Test
    void windowsThatAreNotInUseAreForgotten() {
        Destination idle = window();
        inOneTurn(destinations::tick);
        assertThat(window()).isNotSameAs(idle);

        Destination used = window();
        inOneTurn(() -> {
            used.admits(1);
            destinations.tick();
        });
        assertThat(window()).isSameAs(used);
        inOneTurn(() -> {
            used.answered(1);
            assertThat(used.admits(Integer.MAX_VALUE)).isFalse();
            destinations.tick();
        });
        assertThat(window()).as("while a lane does not know of its refusal").isSameAs(used);
        inOneTurn(() -> {
            used.told();
            destinations.tick();
            destinations.tick();
        });
        assertThat(window()).isNotSameAs(used);
    }

    /** A window of a node that left while it was shut owes nudges that nobody can be given. */
    @Test
    void nothingIsLeftOfANodeThatHasLeft() {
        Destination window = window();
        inOneTurn(() -> {
            window.admits(100);
            assertThat(window.admits(Integer.MAX_VALUE)).isFalse();
            destinations.nudge(gateway, new Nudge("s"));
        });
        thereLeft = true;
        inOneTurn(() -> {
            window.told();
            window.answered(100);
            destinations.tick();
        });
        Eventually.holds(
                "it is forgotten",
                () -> onShard(() -> {
                    destinations.tick();
                    return destinations.find(gateway) != window;
                }));
        assertThat(arrived).isEmpty();
    }

    @Test
    void aWindowBoundsPushesAndBytes() {
        Destination window = window();
        int admitted = 0;
        while (window.admits(Destinations.size(push(1).envelope()))) {
            admitted++;
        }
        assertThat(admitted).isEqualTo(4096);
        Destination other = onShard(() -> destinations.find(there.gateway(1)));
        int size = Destinations.size(new Envelope("m", "x".repeat(60_000)));
        long bytes = 0;
        while (other.admits(size)) {
            bytes += size;
        }
        assertThat(bytes).isBetween((16L << 20) - size, 16L << 20);
    }

    @Test
    void aNodeThatHangsCostsTheSameHoweverManyCoresThereAre() {
        assertThat(Destinations.maxBytes(1)).isEqualTo(16 << 20);
        assertThat(Destinations.maxBytes(2) * 2 * 2).isEqualTo(16 << 20);
        assertThat(Destinations.maxBytes(64))
                .as("some large messages fit in any case")
                .isEqualTo(256 << 10);
    }
}
