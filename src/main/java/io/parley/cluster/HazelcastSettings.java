package io.parley.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import io.parley.config.ClusterConfig;
import io.parley.config.ClusterConfig.Discovery;

/** The cluster manager's configuration, from ours. What is set here and why: VERTX.md section 2. */
final class HazelcastSettings {

    /** The attribute under which each member tells the others which run of which node it is. */
    static final String NODE = "parley.node";

    /** Two members may be lost at once without entries of the registry getting lost. */
    private static final int BACKUPS = 2;

    private HazelcastSettings() {}

    /**
     * @param address  of this machine, as a literal
     * @param self     as {@link io.parley.bus.Addresses#self} says it
     */
    static Config of(ClusterConfig cluster, String address, String self) {
        // Its first lines come before it reads its configuration.
        System.setProperty("hazelcast.logging.type", "slf4j");
        Config config = new Config();
        config.setClusterName(cluster.name());
        config.getMemberAttributeConfig().setAttribute(NODE, self);
        config.addMultiMapConfig(new MultiMapConfig("__vertx.subs")
                .setBackupCount(BACKUPS)
                .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
        config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(BACKUPS));
        config.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1));
        config.getJetConfig().setEnabled(false);

        config.setProperty("hazelcast.phone.home.enabled", "false")
                // Only where it is told to listen, not on every address of the machine.
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.local.localAddress", address)
                .setProperty("hazelcast.wait.seconds.before.join", "1")
                // A member that hangs is out after 15 s; the default is a minute.
                .setProperty("hazelcast.heartbeat.interval.seconds", "3")
                .setProperty("hazelcast.max.no.heartbeat.seconds", "15")
                // Parts of a cluster that lost each other look for each other every 10 s; the default is 5 minutes.
                .setProperty("hazelcast.merge.first.run.delay.seconds", "10")
                .setProperty("hazelcast.merge.next.run.delay.seconds", "10")
                .setProperty("hazelcast.graceful.shutdown.max.wait", "10");

        NetworkConfig network = config.getNetworkConfig()
                .setPort(cluster.port())
                .setPortAutoIncrement(false)
                .setPublicAddress(address + ':' + cluster.port());
        join(network.getJoin(), cluster);
        return config;
    }

    private static void join(JoinConfig join, ClusterConfig cluster) {
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        if (cluster.discovery() == Discovery.STATIC) {
            join.getTcpIpConfig().setEnabled(true).setMembers(cluster.members());
        } else {
            // Only looks up A records; needs no Kubernetes and asks no API.
            join.getKubernetesConfig()
                    .setEnabled(true)
                    .setProperty("service-dns", cluster.dns())
                    .setProperty("service-port", Integer.toString(cluster.port()));
        }
    }
}
