package io.parley.config;

import io.parley.config.ClusterConfig.Discovery;
import io.parley.config.Kind.Choice;
import io.parley.config.Kind.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The keys of the section {@code cluster}: part of the table in {@link Keys}. */
final class ClusterKeys {

    private static final List<Key<?>> TABLE = new ArrayList<>();

    private static final String PORT_NUMBER =
            "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
    private static final String MEMBER = "[\\p{L}\\p{N}._-]{1,253}:" + PORT_NUMBER;
    private static final Kind<String> MEMBERS =
            Text.matching(MEMBER + "( *, *" + MEMBER + "){0,63}", "1 .. 64 of host:port, with commas between");

    /** No IPv6: behind a colon stands the port. */
    private static final Kind<String> NODE_HOST =
            Text.matching("[\\p{L}\\p{N}._-]{1,253}", "host name or IPv4 address");

    static final Key<Boolean> ENABLED =
            add(Key.of("cluster.enabled", Kinds.FLAG, false, "Whether this node joins others; needs `cluster.host`."));
    static final Key<String> CLUSTER_NAME = add(Key.of(
            "cluster.name", Kinds.ID, "parley", "Nodes of another name are ignored, though they share a network."));
    static final Key<Discovery> DISCOVERY = add(Key.of(
            "cluster.discovery",
            Choice.of(Discovery.values(), word -> word.name().toLowerCase(Locale.ROOT)),
            Discovery.STATIC,
            "How nodes find each other: by `cluster.members` or by `cluster.dns`."));
    static final Key<String> MEMBERS_LIST = add(Key.optional(
            "cluster.members", MEMBERS, "Nodes to ask at the start, this one may be among them; needed with static."));
    static final Key<String> DNS = add(Key.optional(
            "cluster.dns",
            NODE_HOST,
            "Name whose A records are the nodes, as of a headless service; needed with dns."));
    static final Key<String> CLUSTER_HOST = add(Key.optional(
            "cluster.host", NODE_HOST, "Address of this node at which the others reach it; it listens there only."));
    static final Key<Integer> CLUSTER_PORT =
            add(Key.of("cluster.port", Kinds.PORT, 5701, "Port of the cluster manager; with dns the same everywhere."));
    static final Key<Integer> BUS_PORT =
            add(Key.of("cluster.busPort", Kinds.PORT, 5702, "Port on which messages come from other nodes."));
    static final Key<Boolean> BUS_TLS = add(Key.of(
            "cluster.busTls",
            Kinds.FLAG,
            true,
            "Whether nodes speak TLS and check each other's certificates there, the same on all of them."));
    static final Key<Path> BUS_CERTIFICATE = add(
            Key.optional("cluster.certificate", Kinds.FILE, "PEM file, this node's; needed with `cluster.busTls`."));
    static final Key<Path> BUS_KEY =
            add(Key.optional("cluster.key", Kinds.FILE, "PEM file (PKCS#8) with its key; needed with it."));
    static final Key<Path> BUS_CA = add(Key.optional(
            "cluster.ca", Kinds.FILE, "PEM file of the private authority that signed all nodes; needed with it."));

    static final List<Key<?>> ALL = List.copyOf(TABLE);

    private ClusterKeys() {}

    private static <T> Key<T> add(Key<T> key) {
        TABLE.add(key);
        return key;
    }
}
