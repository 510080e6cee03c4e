package io.parley.gateway;

import io.parley.bus.Addresses;
import io.parley.bus.Answers;
import io.parley.bus.Answers.Answer;
import io.parley.bus.Bus;
import io.parley.bus.ClusterBus;
import io.parley.bus.Members;
import io.parley.bus.Submissions;
import io.parley.bus.TurnBatches;
import io.parley.codec.Codec;
import io.parley.config.ListenerConfig;
import io.parley.config.NodeConfig;
import io.parley.mailbox.Locations;
import io.parley.mailbox.Mailbox;
import io.parley.metrics.Level;
import io.parley.metrics.Metrics;
import io.parley.protocol.Location;
import io.parley.protocol.MessageIds;
import io.parley.redis.RedisLink;
import io.parley.session.Session;
import io.parley.tls.ServerCertificate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway instance: the sessions of one event loop, and the bus address at which they are pushed to, nudged, asked
 * for and ended. There is one instance for each core; they share the listening ports.
 */
public final class GatewayVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(GatewayVerticle.class);

    /** Over which time clients are sent away. */
    private static final Duration AWAY_SPREAD = Duration.ofSeconds(5);

    private final NodeConfig config;
    private final String address;
    private final Addresses addresses;
    private final Shared shared;
    private final SessionClock clock = new SessionClock();
    private final List<Listener> listeners = new ArrayList<>();
    private ClusterBus cluster;
    private EndOfTurn endOfTurn;
    private RedisLink redis;
    private SessionTable sessions;
    private SessionEffects effects;
    private Stopping stopping;

    /**
     * What the gateways of a node have in common.
     *
     * @param certificate  what the listeners serve at first; yields null when none of them speaks TLS
     */
    public record Shared(Members members, MessageIds ids, Metrics metrics, Supplier<ServerCertificate> certificate) {}

    /**
     * @param instance which one of the node's gateways this is, from 0
     */
    public GatewayVerticle(NodeConfig config, Addresses addresses, int instance, Shared shared) {
        this.config = config;
        this.address = addresses.gateway(instance);
        this.addresses = addresses;
        this.shared = shared;
    }

    @Override
    public Future<?> start() {
        Bus bus = new Bus(vertx);
        cluster = new ClusterBus(vertx, addresses, shared.members());
        endOfTurn = new EndOfTurn(context);
        redis = RedisLink.open(vertx, config.redis());
        sessions = new SessionTable(
                clock,
                config.sessions().heartbeat(),
                address,
                presence -> bus.send(addresses.deliveryTo(presence.userId()), presence),
                shared.metrics().sessions());
        stopping = new Stopping(vertx, sessions, new SplittableRandom());
        Locations locations = new Locations(redis, config.sessions().locationLife());
        TurnBatches<Submissions.Submission> submissions =
                new TurnBatches<>(context, (shard, items) -> submit(bus, shard, new Submissions(address, items)));
        TurnBatches<Answer> answers =
                new TurnBatches<>(context, (courier, items) -> answer(courier, new Answers(items)));
        Stamp stamp = new Stamp(shared.ids(), Clock.systemUTC(), config.limits().maxFrame());
        Submitter submitter = new Submitter(stamp, addresses, submissions);
        GroupBook groups = new GroupBook(bus);
        Fanouts fanouts = new Fanouts(context, groups, stamp, submitter);
        RoomDesk rooms = new RoomDesk(
                address,
                new RoomDesk.Parts(bus, stamp, sessions, shared.metrics().messages(), endOfTurn));
        SessionEffects.Parts parts = new SessionEffects.Parts(
                clock,
                cluster,
                new Questions(locations, shared.members(), rooms, groups),
                new Mailbox(
                        vertx,
                        redis,
                        config.redis(),
                        config.mailbox(),
                        shared.metrics().mailboxes()),
                locations,
                submitter,
                rooms,
                fanouts,
                sessions);
        effects = new SessionEffects(vertx, address, config.sessions(), parts, answers);
        Refresher refresher = new Refresher(sessions, locations, address);
        vertx.setPeriodic(SessionTable.TURN.toMillis(), timer -> {
            clock.advance();
            sessions.tick();
            refresher.tick();
        });
        BusIntake intake = new BusIntake(
                cluster, sessions, effects, fanouts, rooms, shared.metrics().messages());
        return cluster.consume(address, intake::take)
                .compose(consuming -> listen())
                .recover(failure -> stop().transform(stopped -> Future.failedFuture(failure)));
    }

    private Future<?> listen() {
        List<Future<?>> opening = new ArrayList<>();
        for (int i = 0; i < config.listeners().size(); i++) {
            ListenerConfig each = config.listeners().get(i);
            Listener listener =
                    Listener.of(vertx, config, i, shared.certificate().get());
            listeners.add(listener);
            Level open = shared.metrics().sessions().open(each.name());
            opening.add(listener.open((socket, codec) -> accept(each, socket, codec, open)));
        }
        return Future.join(opening);
    }

    /** The ports that the listeners got, by name; defined once the verticle is deployed. */
    public Map<String, Integer> ports() {
        Map<String, Integer> ports = new HashMap<>();
        listeners.forEach(listener -> ports.put(listener.name(), listener.port()));
        return ports;
    }

    /** Gives the listeners another certificate, for all gateways of the node. */
    public Future<?> renew(ServerCertificate renewed) {
        return onContext(() -> Future.join(
                listeners.stream().map(listener -> listener.renew(renewed)).toList()));
    }

    private void accept(ListenerConfig listener, NetSocket socket, Codec codec, Level open) {
        Connection connection = new Connection(
                socket,
                codec,
                listener,
                (client, pressure) ->
                        new Output(vertx, client, endOfTurn, config.limits().waitingBytes(), pressure),
                shared.metrics());
        connection.open(shared.metrics().sessions().door(listener.name()));
        begin(listener, connection, open);
    }

    /** A client that logs out and stays gets a new session, which no push for the old one can find. */
    private void begin(ListenerConfig listener, Connection connection, Level open) {
        Location location = new Location(address, UUID.randomUUID().toString());
        // Else a session would count up to a second before it was there.
        clock.advance();
        Session session =
                new Session(location, connection, effects, listener.times(config.sessions()), config.limits());
        sessions.add(session, connection, open);
        connection.begin(session, () -> begin(listener, connection, open));
        stopping.accepted(session);
    }

    private void submit(Bus bus, String shard, Submissions submissions) {
        shared.metrics().messages().accepted(submissions.items().size());
        bus.send(shard, submissions);
    }

    /** Answers that are lost cost the sender its push time-out, then it stores. */
    private void answer(String courier, Answers answers) {
        cluster.send(courier, answers)
                .onFailure(lost -> log.debug("answers not sent courier={} reason={}", courier, lost.getMessage()));
    }

    /**
     * Closes the listeners, and tells those who have not logged in. To be called once, before {@link #endSessions}.
     *
     * @return how many sessions are left
     */
    public Future<Integer> stopAccepting() {
        listeners.forEach(Listener::close);
        return onContext(() -> Future.succeededFuture(stopping.begin()));
    }

    /**
     * Ends the sessions one after the other; completes when all of them are settled, so that the verticle can be
     * undeployed.
     *
     * @param over  in which time their clients are told
     */
    public Future<Void> endSessions(Duration over) {
        return onContext(() -> stopping.end(over));
    }

    private <T> Future<T> onContext(Supplier<Future<T>> task) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(
                onLoop -> Future.succeededFuture().compose(start -> task.get()).onComplete(promise));
        return promise.future();
    }

    /** Ends every session that is here now as if the node stopped, but goes on accepting. For any thread. */
    public void sendAway() {
        context.runOnContext(onLoop -> stopping.sendAway(AWAY_SPREAD));
    }

    @Override
    public Future<?> stop() {
        return redis.close();
    }
}
