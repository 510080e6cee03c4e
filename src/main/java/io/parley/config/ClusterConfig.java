package io.parley.config;

import java.nio.file.Path;
import java.util.List;

/**
 * How this node meets the others.
 *
 * @param members  "host:port" of nodes to ask; empty with dns
 * @param dns      the name whose addresses are the nodes; null with static
 * @param host     where the others reach this node
 * @param port     the cluster manager's
 * @param busPort  the event bus'
 * @param busTls   null when nodes speak without TLS
 */
public record ClusterConfig(
        String name,
        Discovery discovery,
        List<String> members,
        String dns,
        String host,
        int port,
        int busPort,
        BusTls busTls) {
    public ClusterConfig {
        ClusterKeys.CLUSTER_NAME.check(name);
        ClusterKeys.DISCOVERY.check(discovery);
        ClusterKeys.CLUSTER_HOST.check(host);
        ClusterKeys.CLUSTER_PORT.check(port);
        ClusterKeys.BUS_PORT.check(busPort);
        members = List.copyOf(members);
    }

    /** How nodes find each other. */
    public enum Discovery {
        STATIC,
        DNS
    }

    /** PEM files: what a node shows the others, and the one authority that it trusts about them. */
    public record BusTls(Path certificate, Path key, Path ca) {}
}
