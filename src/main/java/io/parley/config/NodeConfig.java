package io.parley.config;

import java.util.List;

/**
 * The whole configuration of a node, as {@code conf/parley.json} documents it.
 *
 * @param id         the node's id, unique in the cluster; letters, digits, dots and dashes
 * @param listeners  what it listens on; at least one
 * @param http       where it answers about its health and metrics; null for nowhere
 * @param cluster    null when the node stays alone
 */
public record NodeConfig(
        String id,
        List<ListenerConfig> listeners,
        TlsConfig tls,
        MySqlConfig mysql,
        RedisConfig redis,
        HttpConfig http,
        ClusterConfig cluster,
        SessionsConfig sessions,
        MailboxConfig mailbox,
        AuthConfig auth,
        LimitsConfig limits) {
    public NodeConfig {
        Keys.NODE_ID.check(id);
        listeners = List.copyOf(listeners);
    }
}
