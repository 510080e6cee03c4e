package io.parley;

import io.parley.config.DrainConfig;
import io.parley.delivery.DeliveryVerticle;
import io.parley.gateway.GatewayVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a node stops while the other nodes go on (DESIGN section 9): it waits until load balancers have noticed, accepts
 * nobody any more, tells its sessions at a pace, and lets what was in flight settle.
 */
final class OrderlyStop {

    private static final Logger log = LoggerFactory.getLogger(OrderlyStop.class);

    private final Vertx vertx;
    private final DrainConfig drain;
    private final List<GatewayVerticle> gateways;
    private final List<DeliveryVerticle> deliveries;

    OrderlyStop(Vertx vertx, DrainConfig drain, List<GatewayVerticle> gateways, List<DeliveryVerticle> deliveries) {
        this.vertx = vertx;
        this.drain = drain;
        this.gateways = gateways;
        this.deliveries = deliveries;
    }

    /** Completes when nothing is left to be settled, or the time for it is over. */
    Future<Void> run() {
        // From a future of no context: an event loop could not tell what comes after its own end.
        return Future.succeededFuture()
                .compose(begin -> delay())
                .compose(noticed -> stopAccepting())
                .compose(this::endSessions)
                .onFailure(late -> log.warn("node stops before everything is settled reason={}", late.getMessage()))
                .otherwiseEmpty();
    }

    private Future<Void> delay() {
        return drain.delay().isZero()
                ? Future.succeededFuture()
                : vertx.timer(drain.delay().toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
    }

    /** Tells how many sessions there are, as the pace is the node's and not a gateway's. */
    private Future<Integer> stopAccepting() {
        List<Future<Integer>> left =
                gateways.stream().map(GatewayVerticle::stopAccepting).toList();
        return Future.all(left)
                .map(counted -> left.stream().mapToInt(Future::result).sum());
    }

    private Future<Void> endSessions(int sessions) {
        Duration over = drain.timeFor(sessions);
        log.info("sessions end sessions={} over_ms={}", sessions, over.toMillis());
        return Future.join(gateways.stream()
                        .map(gateway -> gateway.endSessions(over))
                        .toList())
                .compose(ended -> Future.join(
                        deliveries.stream().map(DeliveryVerticle::drain).toList()))
                .timeout(over.plus(DrainConfig.SETTLE_LIMIT).toMillis(), TimeUnit.MILLISECONDS)
                .mapEmpty();
    }
}
