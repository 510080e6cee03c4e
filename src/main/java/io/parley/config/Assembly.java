package io.parley.config;

import io.parley.config.AuthConfig.TokenConfig;
import io.parley.config.ClusterConfig.BusTls;
import io.parley.protocol.Entrance.Guests;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Puts settings without faults into the records that the rest of the node knows. */
final class Assembly {

    private final Settings settings;

    private Assembly(Settings settings) {
        this.settings = settings;
    }

    static NodeConfig of(Settings settings) {
        return new Assembly(settings).node();
    }

    private NodeConfig node() {
        return new NodeConfig(
                settings.of(Keys.NODE_ID),
                IntStream.range(0, settings.listeners())
                        .mapToObj(this::listener)
                        .toList(),
                tls(),
                mysql(),
                redis(),
                http(),
                cluster(),
                sessions(),
                mailbox(),
                auth(),
                limits());
    }

    private ListenerConfig listener(int index) {
        return new ListenerConfig(
                settings.of(ListenerKeys.NAME.at(index)),
                settings.of(ListenerKeys.CODEC.at(index)),
                settings.of(ListenerKeys.HOST.at(index)),
                settings.of(ListenerKeys.PORT.at(index)),
                settings.of(ListenerKeys.TLS.at(index)),
                guests(index),
                settings.of(ListenerKeys.GUESTS_BROADCAST.at(index)),
                new ListenerConfig.Manner(
                        settings.of(ListenerKeys.LANGUAGE.at(index)), settings.of(ListenerKeys.DIALECT.at(index))),
                Optional.ofNullable(settings.of(ListenerKeys.VERIFY_TIMEOUT.at(index))),
                Optional.ofNullable(settings.of(ListenerKeys.IDLE_TIMEOUT.at(index))));
    }

    private Guests guests(int index) {
        if (!settings.of(ListenerKeys.GUESTS.at(index))) {
            return Guests.NONE;
        }
        return settings.of(ListenerKeys.GUESTS_REPLACE.at(index)) ? Guests.REPLACE : Guests.WELCOME;
    }

    private TlsConfig tls() {
        return settings.isGiven(Keys.TLS_CERTIFICATE)
                ? new TlsConfig(
                        settings.file(Keys.TLS_CERTIFICATE),
                        settings.file(Keys.TLS_KEY),
                        settings.of(Keys.TLS_RELOAD_INTERVAL))
                : null;
    }

    private MySqlConfig mysql() {
        return new MySqlConfig(
                settings.of(Keys.MYSQL_HOST),
                settings.of(Keys.MYSQL_PORT),
                settings.of(Keys.MYSQL_DATABASE),
                settings.of(Keys.MYSQL_USER),
                settings.of(Keys.MYSQL_PASSWORD),
                settings.of(Keys.MYSQL_TLS),
                settings.file(Keys.MYSQL_CA),
                settings.of(Keys.MYSQL_POOL_SIZE),
                settings.of(Keys.MYSQL_WAIT_QUEUE),
                settings.of(Keys.MYSQL_QUERY_TIMEOUT));
    }

    private RedisConfig redis() {
        return new RedisConfig(
                settings.of(Keys.REDIS_HOST),
                settings.of(Keys.REDIS_PORT),
                settings.of(Keys.REDIS_USER),
                settings.of(Keys.REDIS_PASSWORD),
                settings.of(Keys.REDIS_TLS),
                settings.file(Keys.REDIS_CA),
                settings.of(Keys.REDIS_COMMAND_TIMEOUT),
                settings.of(Keys.REDIS_MAX_WAITING),
                settings.of(Keys.REDIS_DURABILITY));
    }

    private HttpConfig http() {
        return settings.isGiven(Keys.HTTP_PORT)
                ? new HttpConfig(settings.of(Keys.HTTP_HOST), settings.of(Keys.HTTP_PORT))
                : null;
    }

    private ClusterConfig cluster() {
        if (!settings.of(ClusterKeys.ENABLED)) {
            return null;
        }
        String members = settings.of(ClusterKeys.MEMBERS_LIST);
        return new ClusterConfig(
                settings.of(ClusterKeys.CLUSTER_NAME),
                settings.of(ClusterKeys.DISCOVERY),
                members == null ? List.of() : List.of(members.split(" *, *")),
                settings.of(ClusterKeys.DNS),
                settings.of(ClusterKeys.CLUSTER_HOST),
                settings.of(ClusterKeys.CLUSTER_PORT),
                settings.of(ClusterKeys.BUS_PORT),
                settings.of(ClusterKeys.BUS_TLS)
                        ? new BusTls(
                                settings.file(ClusterKeys.BUS_CERTIFICATE),
                                settings.file(ClusterKeys.BUS_KEY),
                                settings.file(ClusterKeys.BUS_CA))
                        : null);
    }

    private SessionsConfig sessions() {
        return new SessionsConfig(
                settings.of(Keys.VERIFY_TIMEOUT),
                settings.of(Keys.IDLE_TIMEOUT),
                settings.of(Keys.HEARTBEAT),
                settings.of(Keys.ACK_TIMEOUT),
                settings.of(Keys.TAKEOVER_TIMEOUT),
                settings.of(Keys.PUSH_TIMEOUT),
                new DrainConfig(
                        settings.of(Keys.DRAIN_DELAY), settings.of(Keys.DRAIN_RATE), settings.of(Keys.DRAIN_TIMEOUT)));
    }

    private MailboxConfig mailbox() {
        return new MailboxConfig(settings.of(Keys.MAX_MESSAGES), settings.of(Keys.MAX_BYTES), settings.of(Keys.EXPIRY));
    }

    private AuthConfig auth() {
        return new AuthConfig(
                settings.of(Keys.ACCOUNT_QUERY),
                settings.of(Keys.HASH_FORMAT),
                settings.of(Keys.HASH_THREADS),
                settings.of(Keys.HASH_QUEUE),
                settings.of(Keys.MAX_FAILURES),
                settings.of(Keys.LOCK_TIME),
                token());
    }

    private TokenConfig token() {
        return new TokenConfig(
                settings.of(Keys.TOKEN_ALGORITHM),
                settings.of(Keys.TOKEN_SECRET),
                settings.file(Keys.TOKEN_PUBLIC_KEY),
                settings.file(Keys.TOKEN_PRIVATE_KEY),
                settings.of(Keys.TOKEN_ISSUER),
                settings.of(Keys.TOKEN_AUDIENCE),
                settings.of(Keys.TOKEN_TTL));
    }

    private LimitsConfig limits() {
        return new LimitsConfig(
                settings.of(Keys.MAX_FRAME).intValue(),
                settings.of(Keys.ACK_WINDOW),
                settings.of(Keys.UNANSWERED_SENDS),
                settings.of(Keys.WAITING_BYTES).intValue(),
                settings.of(Keys.LANE_DEPTH),
                settings.of(Keys.RECENT_RECEIPTS));
    }
}
