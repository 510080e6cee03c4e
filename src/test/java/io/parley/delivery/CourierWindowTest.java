package io.parley.delivery;

import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bus.Addresses;
import io.parley.bus.ClusterBus;
import io.parley.bus.LocalCodec;
import io.parley.bus.Members;
import io.parley.bus.Parcel;
import io.parley.bus.Submissions.Submission;
import io.parley.protocol.Envelope;
import io.parley.protocol.Location;
import io.parley.protocol.Refusal;
import io.parley.testkit.Eventually;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A lane whose pushes are refused on this node already, by a shut window or because the other node is not there: what
 * follows in the lane must not slip through before the lane knows.
 */
class CourierWindowTest {

    private static final int HUGE = Integer.MAX_VALUE;

    private final Vertx vertx = Vertx.vertx();
    private final Context shard = vertx.getOrCreateContext();
    private final Addresses here = new Addresses("here", "1", 1);
    private final Addresses there = new Addresses("there", "1", 1);
    private final Location bobThere = new Location(there.gateway(0), "bob's");
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private final List<String> happened = new CopyOnWriteArrayList<>();
    private volatile boolean isThere = true;
    private Destinations destinations;
    private Lane lane;

    private final Members members = new Members() {
        @Override
        public boolean reach(String address) {
            return isThere || here.isHere(address);
        }

        @Override
        public Set<String> others() {
            return isThere ? Set.of(there.self()) : Set.of();
        }
    };

    @BeforeEach
    void open() {
        LocalCodec.registerOn(vertx.eventBus());
        await(new ClusterBus(vertx, there, members).consume(bobThere.gateway(), each -> ((Parcel) each.record())
                .items()
                .forEach(this::arrive)));
        inOneTurn(() -> {
            Pushes pushes = new Pushes(60_000, 60_000, 0);
            ClusterBus bus = new ClusterBus(vertx, here, members);
            destinations = new Destinations(bus, here, here.courier(0), shard, pushes::lost);
            Courier.Stores stores = new Courier.Stores(null, null, null, null, null, 1);
            lane = new Lane(
                    "bob", 100, new OnlyPushes(new Courier(vertx, here, members, stores, pushes, destinations)));
            offer("m0");
            lane.routedTo(bobThere);
        });
        Eventually.holds("the lane pushes", () -> arrived.contains("m0"));
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private void arrive(Parcel.Item item) {
        arrived.add(item instanceof Parcel.Push push ? push.envelope().id() : "nudge");
    }

    private void inOneTurn(Runnable turn) {
        Promise<Void> done = Promise.promise();
        shard.runOnContext(now -> {
            try {
                turn.run();
                done.complete();
            } catch (RuntimeException | AssertionError failed) {
                done.fail(failed);
            }
        });
        await(done.future());
    }

    private void offer(String id) {
        lane.offer(new Letter("gateway.sender", new Submission("s", id, "bob", new Envelope(id, "{}"))));
    }

    private void appendsWait(String... appends) {
        // m0 has no answer yet, and a lane settles when every push has one.
        inOneTurn(() -> lane.taken(1));
        Eventually.holds(() -> "appended, not " + happened, () -> happened.size() >= appends.length);
        assertThat(happened).containsExactly(appends);
        assertThat(arrived).containsExactly("m0");
    }

    @Test
    void nothingOfALaneFollowsAPushThatAShutWindowRefused() {
        inOneTurn(() -> {
            Destination window = destinations.find(bobThere.gateway());
            assertThat(window.admits(HUGE)).isFalse();
            offer("m1");
            // The window has room again before the lane knows of its refusal.
            window.told();
            destinations.tick();
            offer("m2");
        });
        appendsWait("append m1", "append m2");
    }

    @Test
    void nothingOfALaneFollowsAPushToANodeThatWasNotThere() {
        inOneTurn(() -> {
            isThere = false;
            offer("m1");
            isThere = true;
            destinations.tick();
            offer("m2");
        });
        appendsWait("append m1", "append m2");
    }

    @Test
    void theWindowOpensWhenTheLaneKnowsAndTheNudgePrecedesWhatIsPushedNext() {
        inOneTurn(() -> {
            Destination window = destinations.find(bobThere.gateway());
            assertThat(window.admits(HUGE)).isFalse();
            offer("m1");
            window.told();
        });
        appendsWait("append m1");
        inOneTurn(() -> {
            lane.appended(letterOf("m1"), bobThere);
            destinations.tick();
            offer("m2");
        });
        Eventually.holds(() -> "three, not " + arrived, () -> arrived.size() >= 3);
        assertThat(arrived).containsExactly("m0", "nudge", "m2");
    }

    private Letter letterOf(String id) {
        return new Letter("gateway.sender", new Submission("s", id, "bob", new Envelope(id, "{}")));
    }

    /** The courier's pushes and nudges; its mailbox is the test. */
    private final class OnlyPushes implements Roads {
        private final Courier courier;

        OnlyPushes(Courier courier) {
            this.courier = courier;
        }

        @Override
        public void route(Lane asking, Letter letter) {}

        @Override
        public void push(Lane pushing, Location location, Letter letter) {
            courier.push(pushing, location, letter);
        }

        @Override
        public void append(Lane appending, Letter letter) {
            happened.add("append " + letter.envelope().id());
        }

        @Override
        public void nudge(Location location) {
            courier.nudge(location);
        }

        @Override
        public void readmit(Location location) {
            courier.readmit(location);
        }

        @Override
        public void limitWaitForOldRoad(Lane waiting) {}

        @Override
        public void forward(String userId, Letter letter) {}

        @Override
        public void delivered(Letter letter) {}

        @Override
        public void stored(Letter letter) {}

        @Override
        public void refused(Letter letter, Refusal why) {}
    }
}
