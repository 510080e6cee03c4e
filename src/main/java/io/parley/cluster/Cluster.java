package io.parley.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.parley.bus.Addresses;
import io.parley.bus.Bus;
import io.parley.bus.LocalCodec;
import io.parley.bus.Members;
import io.parley.bus.NodeLeft;
import io.parley.config.ClusterConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Vert.x instance of a node, in a cluster or alone, and who else is there. The one place that chooses a cluster
 * manager.
 */
public final class Cluster {

    private final Vertx vertx;
    private final Members members;
    private final HazelcastInstance hazelcast;

    private Cluster(Vertx vertx, Members members, HazelcastInstance hazelcast) {
        this.vertx = vertx;
        this.members = members;
        this.hazelcast = hazelcast;
    }

    /**
     * Starts Vert.x, and joins the others if there is a cluster to join: takes some seconds then.
     *
     * @param config   null for a node that stays alone
     * @param builder  makes Vert.x, perhaps with metrics
     * @param options  of Vert.x; those of the event bus are set here
     * @return fails when an address is not this machine's, a port is taken, or a certificate cannot be used
     */
    public static Future<Cluster> join(
            ClusterConfig config, Addresses addresses, VertxBuilder builder, VertxOptions options) {
        if (config == null) {
            Vertx vertx = builder.with(options).build();
            LocalCodec.registerOn(vertx.eventBus());
            return Future.succeededFuture(new Cluster(vertx, Members.alone(addresses), null));
        }
        String address;
        try {
            address = ownAddress(config.host());
            if (config.busTls() != null) {
                BusCertificate.check(config.busTls());
            }
        } catch (IllegalStateException wrong) {
            return Future.failedFuture(wrong);
        }
        HazelcastClusterManager manager =
                new HazelcastClusterManager(HazelcastSettings.of(config, address, addresses.self()));
        return builder.with(options.setEventBusOptions(BusSettings.of(config, address)))
                .withClusterManager(manager)
                .buildClustered()
                .recover(failure -> Future.failedFuture(new IllegalStateException(
                        "the node cannot join the cluster at " + config.host() + ", ports " + config.port() + " and "
                                + config.busPort() + ": " + failure.getMessage(),
                        failure)))
                .map(vertx -> joined(vertx, manager.getHazelcastInstance(), addresses));
    }

    /**
     * As a literal. Asked for here, because the cluster manager says of a foreign one that its port is taken. Linux
     * listens on all of 127.0.0.0/8, of which no interface tells.
     */
    private static String ownAddress(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (!address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) == null) {
                throw new IllegalStateException(
                        "cluster.host: no address of this machine: " + address.getHostAddress());
            }
            return address.getHostAddress();
        } catch (UnknownHostException unknown) {
            throw new IllegalStateException("cluster.host: no such host: " + host, unknown);
        } catch (SocketException silent) {
            throw new IllegalStateException("cluster.host: the machine does not tell its addresses", silent);
        }
    }

    private static Cluster joined(Vertx vertx, HazelcastInstance hazelcast, Addresses addresses) {
        LocalCodec.registerOn(vertx.eventBus());
        Bus bus = new Bus(vertx);
        List<String> concerned = Stream.of(addresses.deliveries(), addresses.gateways(), List.of(Addresses.ROOMS))
                .flatMap(List::stream)
                .toList();
        Roster roster = new Roster(addresses, left -> concerned.forEach(each -> bus.send(each, new NodeLeft(left))));
        roster.follow(hazelcast.getCluster());
        return new Cluster(vertx, roster, hazelcast);
    }

    public Vertx vertx() {
        return vertx;
    }

    public Members members() {
        return members;
    }

    /** Whether the cluster manager runs; always true for a node that is alone. */
    public boolean isRunning() {
        return hazelcast == null || hazelcast.getLifecycleService().isRunning();
    }
}
