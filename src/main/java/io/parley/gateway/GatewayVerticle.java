package io.parley.gateway;

import io.parley.bus.Addresses;
import io.parley.bus.Answers;
import io.parley.bus.Answers.Answer;
import io.parley.bus.AskSession;
import io.parley.bus.Bus;
import io.parley.bus.EndSession;
import io.parley.bus.Outcomes;
import io.parley.bus.Parcel;
import io.parley.bus.SessionState;
import io.parley.bus.Submissions;
import io.parley.bus.TurnBatches;
import io.parley.codec.Codec;
import io.parley.config.ListenerConfig;
import io.parley.config.NodeConfig;
import io.parley.mailbox.Locations;
import io.parley.mailbox.Mailbox;
import io.parley.protocol.Location;
import io.parley.protocol.MessageIds;
import io.parley.redis.RedisLink;
import io.parley.session.Origin;
import io.parley.session.Session;
import io.parley.tls.ServerCertificate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
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

/**
 * One gateway instance: the sessions of one event loop, and the bus address at which they are pushed to, nudged, asked
 * for and ended. There is one instance for each core; they share the listening ports.
 */
public final class GatewayVerticle extends VerticleBase {

    private static final long TICK_MILLIS = 1_000;

    private final NodeConfig config;
    private final String address;
    private final Addresses addresses;
    private final MessageIds ids;
    private final Supplier<ServerCertificate> certificate;
    private final List<Listener> listeners = new ArrayList<>();
    private Bus bus;
    private EndOfTurn endOfTurn;
    private RedisLink redis;
    private SessionTable sessions;
    private SessionEffects effects;
    private Stopping stopping;

    /**
     * @param instance     which one of the node's gateways this is, from 0
     * @param ids          the node's; shared by its gateways
     * @param certificate  what the listeners serve at first; yields null when none of them speaks TLS
     */
    public GatewayVerticle(
            NodeConfig config,
            Addresses addresses,
            int instance,
            MessageIds ids,
            Supplier<ServerCertificate> certificate) {
        this.config = config;
        this.address = addresses.gateway(instance);
        this.addresses = addresses;
        this.ids = ids;
        this.certificate = certificate;
    }

    @Override
    public Future<?> start() {
        bus = new Bus(vertx);
        endOfTurn = new EndOfTurn(context);
        redis = RedisLink.open(vertx, config.redis());
        sessions = new SessionTable(bus, addresses, address);
        stopping = new Stopping(vertx, sessions, new SplittableRandom());
        Locations locations = new Locations(redis, config.sessions().locationLife());
        TurnBatches<Submissions.Submission> submissions =
                new TurnBatches<>(context, (shard, items) -> bus.send(shard, new Submissions(address, items)));
        TurnBatches<Answer> answers =
                new TurnBatches<>(context, (courier, items) -> bus.send(courier, new Answers(items)));
        Submitter submitter =
                new Submitter(ids, Clock.systemUTC(), addresses, config.limits().maxFrame(), submissions);
        SessionEffects.Parts parts = new SessionEffects.Parts(
                addresses, new Mailbox(vertx, redis, config.redis(), config.mailbox()), locations, submitter, sessions);
        effects = new SessionEffects(vertx, address, config.sessions(), parts, answers);
        Refresher refresher = new Refresher(sessions, locations, address, (int)
                config.sessions().heartbeat().toSeconds());
        vertx.setPeriodic(TICK_MILLIS, timer -> {
            sessions.all().forEach(session -> session.tick(nowMillis()));
            refresher.tick();
        });
        return bus.consume(address, this::consume)
                .completion()
                .compose(consuming -> listen())
                .recover(failure -> stop().transform(stopped -> Future.failedFuture(failure)));
    }

    private Future<?> listen() {
        List<Future<?>> opening = new ArrayList<>();
        for (ListenerConfig each : config.listeners()) {
            Listener listener = Listener.of(vertx, each, certificate.get(), config.sessions(), config.limits());
            listeners.add(listener);
            opening.add(listener.open(this::accept));
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

    private void accept(NetSocket socket, Codec codec) {
        Connection connection = new Connection(
                socket,
                codec,
                (client, pressure) ->
                        new Output(vertx, client, endOfTurn, config.limits().waitingBytes(), pressure));
        Location location = new Location(address, UUID.randomUUID().toString());
        Session session = new Session(location, connection, effects, config.sessions(), config.limits(), nowMillis());
        sessions.add(session, connection);
        connection.begin(session);
        stopping.accepted(session);
    }

    private void consume(Message<Object> message) {
        Object body = message.body();
        if (body instanceof Parcel parcel) {
            parcel.items().forEach(item -> hand(parcel.courier(), item));
        } else if (body instanceof Outcomes outcomes) {
            outcomes.items().forEach(this::settle);
        } else if (body instanceof EndSession end) {
            end(message, end);
        } else if (body instanceof AskSession ask) {
            Session session = sessions.find(ask.session());
            Bus.reply(message, session != null && session.isAlive() ? SessionState.ALIVE : SessionState.GONE);
        } else {
            throw new IllegalArgumentException("not for a gateway: " + body.getClass());
        }
    }

    private void hand(String courier, Parcel.Item item) {
        Session session = sessions.find(item.session());
        if (item instanceof Parcel.Push push) {
            Origin origin = new Origin(courier, push.number());
            if (session == null) {
                effects.notHere(origin);
            } else {
                session.push(origin, push.envelope());
            }
        } else if (session != null && item instanceof Parcel.Readmit) {
            session.readmit(courier);
        } else if (session != null) {
            session.nudge(courier);
        }
    }

    private void settle(Outcomes.Outcome outcome) {
        Session session = sessions.find(outcome.session());
        if (session != null) {
            session.receipt(outcome.receipt());
        }
    }

    private void end(Message<Object> message, EndSession end) {
        Session session = sessions.find(end.session());
        if (session == null) {
            Bus.reply(message, SessionState.GONE);
        } else {
            session.end(end.reason(), Duration.ZERO, () -> Bus.reply(message, SessionState.GONE));
        }
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

    @Override
    public Future<?> stop() {
        return redis.close();
    }

    private static long nowMillis() {
        return System.nanoTime() / 1_000_000;
    }
}
