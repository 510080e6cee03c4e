package io.parley;

import io.parley.auth.AuthVerticle;
import io.parley.bus.Addresses;
import io.parley.bus.LocalCodec;
import io.parley.config.ListenerConfig;
import io.parley.config.NodeConfig;
import io.parley.delivery.DeliveryVerticle;
import io.parley.gateway.GatewayVerticle;
import io.parley.protocol.MessageIds;
import io.parley.redis.RedisLink;
import io.parley.schema.Migrations;
import io.parley.schema.SchemaFault;
import io.parley.tls.CertificateWatch;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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

    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final NodeConfig config;
    private final Vertx vertx;
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final Addresses addresses;
    private final List<DeliveryVerticle> deliveries = new ArrayList<>();
    private final List<GatewayVerticle> gateways = new ArrayList<>();
    private final CertificateWatch certificates;
    private volatile boolean stopping;

    private Node(NodeConfig config) {
        this.config = config;
        this.vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(cores));
        this.addresses = new Addresses(
                config.id(),
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()),
                cores);
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
        Node node = new Node(config);
        return node.begin()
                .map(node)
                .recover(failure -> node.vertx.close().transform(closed -> Future.failedFuture(failure)));
    }

    private Future<?> begin() {
        LocalCodec.registerOn(vertx.eventBus());
        // From a future of no context: an event loop of this Vert.x could not tell of a failed start after its end.
        return Future.succeededFuture()
                .compose(begin -> certificates.load(vertx))
                .compose(loaded -> awaitRedis())
                .compose(redisAnswers -> migrate(FIRST_RETRY, false))
                .compose(migrated ->
                        vertx.deployVerticle(new AuthVerticle(config.auth(), config.mysql(), config.redis())))
                .compose(authenticating -> deployDeliveries())
                .compose(delivering -> deployGateways())
                .compose(open -> vertx.deployVerticle(certificates))
                .onSuccess(open -> log.info(
                        "node started node={} listeners={} native_transport={}",
                        config.id(),
                        ports(),
                        vertx.isNativeTransportEnabled()));
    }

    private Future<Void> awaitRedis() {
        Promise<Void> ready = Promise.promise();
        vertx.runOnContext(onLoop -> {
            RedisLink link = RedisLink.open(vertx, config.redis());
            link.ready().eventually(link::close).onComplete(ready);
        });
        return ready.future();
    }

    /** Tries until MySQL answers, and says so once: another node, or the database itself, may still be starting. */
    private Future<Void> migrate(Duration retry, boolean said) {
        boolean ownAccounts = config.auth().accountQuery() == null;
        return Migrations.of(vertx, config.mysql(), ownAccounts)
                .apply()
                .<Void>map(applied -> {
                    log.info("schema ready applied={}", applied);
                    return null;
                })
                .recover(failure -> {
                    if (failure instanceof SchemaFault) {
                        return Future.failedFuture(failure);
                    }
                    if (!said) {
                        log.warn("mysql does not answer config={} reason={}", config.mysql(), failure.getMessage());
                    }
                    Duration doubled = retry.multipliedBy(2);
                    return vertx.timer(retry.toMillis(), TimeUnit.MILLISECONDS)
                            .compose(late -> migrate(doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY, true));
                });
    }

    private Future<?> deployDeliveries() {
        IntStream.range(0, cores).forEach(shard -> deliveries.add(new DeliveryVerticle(config, addresses, shard)));
        return deploy(deliveries);
    }

    private Future<?> deployGateways() {
        MessageIds ids = new MessageIds(Clock.systemUTC());
        IntStream.range(0, cores)
                .forEach(instance ->
                        gateways.add(new GatewayVerticle(config, addresses, instance, ids, certificates::served)));
        return deploy(gateways);
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
