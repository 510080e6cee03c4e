package io.parley.delivery;

import io.parley.bus.Addresses;
import io.parley.bus.Answers;
import io.parley.bus.Bus;
import io.parley.bus.ClusterBus;
import io.parley.bus.Members;
import io.parley.bus.NodeLeft;
import io.parley.bus.Presence;
import io.parley.bus.Submissions;
import io.parley.config.NodeConfig;
import io.parley.mailbox.Locations;
import io.parley.mailbox.Mailbox;
import io.parley.metrics.DeliveryMeters;
import io.parley.metrics.Level;
import io.parley.metrics.Metrics;
import io.parley.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One shard of delivery: the lanes of the recipients whose ids fall into it. Every message of this node to one
 * recipient passes through the same shard, on one event loop.
 */
public final class DeliveryVerticle extends VerticleBase {

    private static final long TICK_MILLIS = 250;

    /**
     * How long a lane's cached location is trusted without a message: a stale one costs one push that is answered
     * not_here.
     */
    private static final long IDLE_LANE_MILLIS = 30_000;

    /** What a session may take beyond its ack time-out to answer for a push. */
    private static final Duration LAST_ANSWER_MARGIN = Duration.ofSeconds(10);

    private final NodeConfig config;
    private final Addresses addresses;
    private final Members members;
    private final int shard;
    private final Metrics metrics;
    private final DeliveryMeters meters;
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Neighbours neighbours = new Neighbours();
    private Bus bus;
    private RedisLink redis;
    private Pushes pushes;
    private Courier courier;

    /**
     * @param shard which one this is, from 0
     */
    public DeliveryVerticle(NodeConfig config, Addresses addresses, Members members, int shard, Metrics metrics) {
        this.config = config;
        this.addresses = addresses;
        this.members = members;
        this.shard = shard;
        this.metrics = metrics;
        this.meters = metrics.deliveries();
    }

    @Override
    public Future<?> start() {
        bus = new Bus(vertx);
        redis = RedisLink.open(vertx, config.redis());
        pushes = new Pushes(
                config.sessions().pushTimeout().toMillis(),
                config.sessions().ackTimeout().plus(LAST_ANSWER_MARGIN).toMillis(),
                nowMillis());
        Courier.Stores stores = new Courier.Stores(
                new Mailbox(vertx, redis, config.redis(), config.mailbox(), metrics.mailboxes()),
                new Locations(redis, config.sessions().locationLife()),
                new Recipients(bus),
                neighbours,
                config.redis().durability(),
                config.redis().maxWaiting());
        ClusterBus cluster = new ClusterBus(vertx, addresses, members);
        String address = addresses.courier(shard);
        Destinations destinations = new Destinations(cluster, addresses, address, context, this::lost);
        courier = new Courier(vertx, addresses, members, stores, pushes, destinations);
        Level.Share pushesInFlight = meters.pushes().share();
        Level.Share lanesInUse = meters.lanes().share();
        vertx.setPeriodic(TICK_MILLIS, timer -> {
            meters.timedOut(pushes.tick(nowMillis()));
            destinations.tick();
            pushesInFlight.set(pushes.size());
            lanesInUse.set(lanes.size());
        });
        vertx.setPeriodic(IDLE_LANE_MILLIS, timer -> lanes.values().removeIf(Lane::isIdle));
        return Future.all(
                bus.consume(Addresses.delivery(shard), message -> consume(message.body()))
                        .completion(),
                cluster.consume(address, received -> consume(received.record())));
    }

    /** Completes when no message is in a lane any more; to be called after the gateways have drained. */
    public Future<Void> drain() {
        Promise<Void> drained = Promise.promise();
        context.runOnContext(onLoop -> completeWhenIdle(drained));
        return drained.future();
    }

    private void completeWhenIdle(Promise<Void> drained) {
        if (lanes.values().stream().allMatch(Lane::isIdle)) {
            drained.tryComplete();
        } else {
            vertx.setTimer(TICK_MILLIS, timer -> completeWhenIdle(drained));
        }
    }

    @Override
    public Future<?> stop() {
        return redis.close();
    }

    private void consume(Object body) {
        if (body instanceof Submissions submissions) {
            submissions.items().forEach(each -> offer(new Letter(submissions.gateway(), each), each.chatTo()));
        } else if (body instanceof Answers answers) {
            answers.items().forEach(pushes::answered);
        } else if (body instanceof NodeLeft left) {
            meters.nodeLeft(pushes.left(left.node()));
        } else if (body instanceof Presence presence) {
            neighbours.heard(presence);
        } else {
            throw new IllegalArgumentException("not for delivery: " + body.getClass());
        }
    }

    private void lost(List<Long> numbers) {
        meters.notSent(numbers.size());
        pushes.lost(numbers);
    }

    private void offer(Letter letter, String userId) {
        lanes.computeIfAbsent(userId, id -> new Lane(id, config.limits().laneDepth(), courier))
                .offer(letter);
    }

    private static long nowMillis() {
        return System.nanoTime() / 1_000_000;
    }
}
