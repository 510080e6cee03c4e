package io.parley.cluster;

import io.parley.bus.Addresses;
import io.parley.bus.Bus;
import io.parley.bus.ClusterBus;
import io.parley.bus.Crossing;
import io.parley.bus.Crossing.Unreached;
import io.parley.bus.Crossing.Witness;
import io.parley.bus.Members;
import io.parley.bus.Received;
import io.parley.bus.Renew;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that the others reach this node: registrations of addresses go stale after a partition or a moved pod
 * (vert.x#4394, vertx-hazelcast#196), and nobody would notice but the recipients who wait.
 *
 * <p>Every few seconds another node in turn is asked as a witness whether this node's addresses answer it. Those that
 * do not are registered anew. {@link Reachability} decides when that has not helped.
 */
public final class BusWatch extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(BusWatch.class);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Addresses addresses;
    private final Members members;
    private final Reachability reachability;
    private final Duration interval;
    private Bus local;
    private ClusterBus bus;
    private int turn;

    /**
     * @param interval      between two checks
     * @param reachability  is told what they find
     */
    public BusWatch(Addresses addresses, Members members, Duration interval, Reachability reachability) {
        this.addresses = addresses;
        this.members = members;
        this.interval = interval;
        this.reachability = reachability;
    }

    @Override
    public Future<?> start() {
        local = new Bus(vertx);
        bus = new ClusterBus(vertx, addresses, members);
        again();
        return bus.consume(Addresses.witness(addresses.self()), this::testify);
    }

    private void again() {
        vertx.setTimer(interval.toMillis(), timer -> check().onComplete(checked -> again()));
    }

    /** Asks one other node; the next time another one. */
    private Future<Void> check() {
        Set<String> others = members.others();
        if (others.isEmpty()) {
            reachability.alone();
            return Future.succeededFuture();
        }
        String witness = others.stream().sorted().toList().get(Math.floorMod(turn++, others.size()));
        return bus.<Unreached>request(
                        Addresses.witness(witness), new Witness(addresses.clustered()), PATIENCE.multipliedBy(2))
                .onSuccess(unreached -> heard(witness, unreached.addresses(), others))
                .otherwise(silent -> {
                    reachability.silent(witness, others);
                    return null;
                })
                .mapEmpty();
    }

    private void heard(String witness, List<String> unreached, Set<String> others) {
        if (unreached.isEmpty()) {
            reachability.reached();
            return;
        }
        log.warn(
                "addresses of this node are not reached and registered anew witness={} addresses={}",
                witness,
                unreached);
        unreached.stream().filter(addresses::isHere).forEach(address -> local.send(address, new Renew()));
        reachability.unreached(witness, others);
    }

    /** Another node asks whether its addresses are reached from here. */
    private void testify(Received received) {
        if (!(received.record() instanceof Witness witness)) {
            throw new IllegalArgumentException(
                    "not for a witness: " + received.record().getClass());
        }
        List<String> unreached = new ArrayList<>();
        List<Future<Crossing>> pings = witness.addresses().stream()
                .map(address -> bus.<Crossing>request(address, new Crossing.Ping(), PATIENCE)
                        .onFailure(silent -> unreached.add(address)))
                .toList();
        Future.join(pings).onComplete(done -> received.reply(new Unreached(unreached)));
    }
}
