package io.parley;

import io.parley.admin.AdminVerticle;
import io.parley.admin.Check;
import io.parley.auth.AuthVerticle;
import io.parley.bus.Addresses;
import io.parley.bus.AskStore;
import io.parley.bus.Bus;
import io.parley.cluster.BusWatch;
import io.parley.cluster.Cluster;
import io.parley.cluster.Reachability;
import io.parley.config.ListenerConfig;
import io.parley.config.NodeConfig;
import io.parley.delivery.DeliveryVerticle;
import io.parley.gateway.GatewayVerticle;
import io.parley.group.GroupVerticle;
import io.parley.metrics.Metrics;
import io.parley.protocol.MessageIds;
import io.parley.room.RoomVerticle;
import io.parley.tls.CertificateWatch;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node, put together: the list of what is started, from top to bottom; stopping is the same list from bottom to
 * top.
 *
 * <p>There is an event loop, a gateway and a delivery shard for each core.
 */
public final class Node {

    private static final Logger log = LoggerFactory.getLogger(Node.class);

    /** Readiness does not wait as long for a store; this only ends the question. */
    private static final Duration STORE_PATIENCE = Duration.ofSeconds(2);

    /** How often the others are asked whether they reach this node. */
    private static final Duration BUS_CHECK = Duration.ofSeconds(5);

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final NodeConfig config;
    private final Vertx vertx;
    private final Cluster cluster;
    private final Addresses addresses;
    private volatile boolean reached = true;
    private final List<DeliveryVerticle> deliveries = new ArrayList<>();
    private final List<GatewayVerticle> gateways = new ArrayList<>();
    private final CertificateWatch certificates;
    private final Metrics metrics;
    private AdminVerticle admin;
    private volatile boolean open;
    private volatile boolean stopping;

    private Node(NodeConfig config, Addresses addresses, Cluster cluster, Metrics metrics) {
        this.config = config;
        this.addresses = addresses;
        this.cluster = cluster;
        this.vertx = cluster.vertx();
        this.metrics = metrics;
        boolean tls = config.listeners().stream().anyMatch(ListenerConfig::tls);
        this.certificates =
                new CertificateWatch(tls ? config.tls() : null, Clock.systemUTC(), renewed -> gateways.get(0)
                        .renew(renewed));
    }

    /**
     * Starts a node; completes when it accepts connections. Waits for MySQL and Redis as long as it takes; fails, and
     * leaves nothing behind, when a port is taken, a certificate is unusable or the schema is not ours.
     */
    public static Future<Node> start(NodeConfig config) {
        VertxOptions options = new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(CORES);
        String boot = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        Addresses addresses = new Addresses(config.id(), boot, CORES);
        Metrics metrics = new Metrics();
        VertxBuilder builder = Vertx.builder();
        if (config.http() != null) {
            builder.withMetrics(metrics.countIn(options));
        }
        return Cluster.join(config.cluster(), addresses, builder, options)
                .map(cluster -> new Node(config, addresses, cluster, metrics))
                .compose(Node::started);
    }

    private Future<Node> started() {
        return begin().map(this).recover(failure -> vertx.close().transform(closed -> Future.failedFuture(failure)));
    }

    private Future<?> begin() {
        // From a future of no context: what closes Vert.x afterwards must not wait for one of its loops.
        return Future.succeededFuture()
                .compose(begun -> certificates.load(vertx))
                .compose(loaded -> deployAdmin())
                .compose(watched -> new Stores(vertx, config).ready())
                .compose(ready ->
                        vertx.deployVerticle(new AuthVerticle(config.auth(), config.mysql(), config.redis(), metrics)))
                .compose(authenticating ->
                        vertx.deployVerticle(new GroupVerticle(config.mysql(), addresses, cluster.members())))
                .compose(grouping -> deployDeliveries())
                .compose(delivering ->
                        vertx.deployVerticle(new RoomVerticle(addresses, cluster.members(), metrics.rooms())))
                .compose(roomsOpen -> deployGateways())
                .compose(opened -> vertx.deployVerticle(certificates))
                .compose(watched -> watchTheBus())
                .onSuccess(opened -> {
                    open = true;
                    config.listeners().stream()
                            .filter(ListenerConfig::isOpenToStrangers)
                            .forEach(each -> log.warn(
                                    "guests may enter from other machines without TLS listener={} host={}",
                                    each.name(),
                                    each.host()));
                    log.info(
                            "node started node={} listeners={} native_transport={}",
                            config.id(),
                            ports(),
                            vertx.isNativeTransportEnabled());
                });
    }

    private Future<?> deployAdmin() {
        if (config.http() == null) {
            return Future.succeededFuture();
        }
        admin = new AdminVerticle(config.http(), checks(), metrics);
        return vertx.deployVerticle(admin);
    }

    /** What must be well before this node is given clients. */
    private List<Check> checks() {
        Bus bus = new Bus(vertx);
        List<Check> checks = new ArrayList<>();
        checks.add(Check.of("listeners", () -> open));
        checks.add(new Check("mysql", () -> bus.request(Addresses.AUTH, AskStore.MYSQL, STORE_PATIENCE)));
        checks.add(new Check("redis", () -> bus.request(Addresses.AUTH, AskStore.REDIS, STORE_PATIENCE)));
        if (config.cluster() != null) {
            checks.add(Check.of("cluster", this::isReached));
        }
        if (certificates.expiresAt() != null) {
            metrics.certificate(certificates::expiresAt);
            checks.add(Check.of("certificate", () -> Instant.now().isBefore(certificates.expiresAt())));
        }
        checks.add(Check.of("draining", () -> !stopping));
        return checks;
    }

    private Future<?> deployDeliveries() {
        IntStream.range(0, CORES)
                .forEach(shard ->
                        deliveries.add(new DeliveryVerticle(config, addresses, cluster.members(), shard, metrics)));
        return deploy(deliveries);
    }

    private Future<?> deployGateways() {
        GatewayVerticle.Shared shared = new GatewayVerticle.Shared(
                cluster.members(), new MessageIds(Clock.systemUTC()), metrics, certificates::served);
        IntStream.range(0, CORES)
                .forEach(instance -> gateways.add(new GatewayVerticle(config, addresses, instance, shared)));
        return deploy(gateways);
    }

    private Future<?> watchTheBus() {
        return config.cluster() == null
                ? Future.succeededFuture()
                : vertx.deployVerticle(
                        new BusWatch(addresses, cluster.members(), BUS_CHECK, new Reachability(this::reachedByOthers)));
    }

    /** A node that the others do not reach keeps its clients waiting: they are better off elsewhere. */
    private void reachedByOthers(boolean reached) {
        this.reached = reached;
        if (reached) {
            log.info("node is reached by the others again node={}", config.id());
        } else {
            log.error("node is not reached by the others and sends its clients away node={}", config.id());
            gateways.forEach(GatewayVerticle::sendAway);
        }
    }

    /** Joined: when one fails, the others must have ended their start before everything is closed. */
    private Future<?> deploy(List<? extends Deployable> verticles) {
        return Future.join(verticles.stream().map(vertx::deployVerticle).toList());
    }

    /** The ports that the listeners got, by name of the listener. */
    public Map<String, Integer> ports() {
        return gateways.get(0).ports();
    }

    /** Whether it has been told to stop: nobody should be sent to it any more. For any thread. */
    public boolean isStopping() {
        return stopping;
    }

    /** How long {@link #stop} may take: who waits for it waits a little longer. */
    public Duration longestStop() {
        return config.sessions().drain().longestStop();
    }

    /** The port that answers about health and metrics; empty when the configuration has none. */
    public OptionalInt httpPort() {
        return admin == null ? OptionalInt.empty() : OptionalInt.of(admin.port());
    }

    /** Whether the other nodes of its cluster reach this one; true for a node that is alone. For any thread. */
    public boolean isReached() {
        return reached && cluster.isRunning();
    }

    /**
     * Stops accepting, tells every client to come back elsewhere, puts what was in flight into the mailboxes, and
     * closes; completes when nothing of the node is left.
     */
    public Future<Void> stop() {
        log.info("node stops node={}", config.id());
        stopping = true;
        return new OrderlyStop(vertx, config.sessions().drain(), gateways, deliveries)
                .run()
                .transform(settled -> vertx.close())
                .onSuccess(closed -> log.info("node stopped node={}", config.id()));
    }
}
