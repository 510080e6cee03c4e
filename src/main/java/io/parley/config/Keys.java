package io.parley.config;

import static io.parley.config.Kinds.ANY_SECRET;
import static io.parley.config.Kinds.FILE;
import static io.parley.config.Kinds.FLAG;
import static io.parley.config.Kinds.HOST;
import static io.parley.config.Kinds.ID;
import static io.parley.config.Kinds.KIB;
import static io.parley.config.Kinds.LONG_SECRET;
import static io.parley.config.Kinds.LONG_TIME;
import static io.parley.config.Kinds.MIB;
import static io.parley.config.Kinds.PORT;
import static io.parley.config.Kinds.PORT_OR_FREE;
import static io.parley.config.Kinds.SECRET;
import static io.parley.config.Kinds.SQL;
import static io.parley.config.Kinds.TIME;
import static io.parley.config.Kinds.TIME_OR_NONE;
import static io.parley.config.Kinds.WORD;

import io.parley.config.Amount.Replicas;
import io.parley.config.Amount.Size;
import io.parley.config.Amount.Whole;
import io.parley.config.AuthConfig.HashFormat;
import io.parley.config.AuthConfig.TokenConfig.Algorithm;
import io.parley.config.Kind.Choice;
import io.parley.config.MySqlConfig.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The table of configuration keys: what can be said, what is allowed, what holds when nobody says anything. To add a
 * key, add a line here, a component to its record, and the component to {@link Assembly}; the reading, the faults, the
 * hints, the masking, the table in operations.md and the tests follow.
 */
final class Keys {

    /** Filled by the lines below, in their order, while this class is loaded; read through {@link #ALL} only. */
    private static final List<Key<?>> TABLE = new ArrayList<>();

    /** More than anybody needs, and small enough that no hostile index fills the memory. */
    static final int MAX_LISTENERS = 16;

    static final Key<String> NODE_ID = add(Key.computed(
            "node.id",
            ID,
            HostName::find,
            "the host name",
            "Name of this node, unique among those that share a Redis."));

    static {
        TABLE.addAll(ListenerKeys.ALL);
    }

    static final Key<Path> TLS_CERTIFICATE = add(Key.optional(
            "tls.certificate", FILE, "PEM file, the leaf first and then its chain; needed by a listener with TLS."));
    static final Key<Path> TLS_KEY =
            add(Key.optional("tls.key", FILE, "PEM file (PKCS#8) with the certificate's key; needed with it."));
    static final Key<Duration> TLS_RELOAD_INTERVAL = add(Key.of(
            "tls.reloadInterval",
            TIME,
            Duration.ofSeconds(10),
            "How often the two files are looked at, so that renewed ones are taken up."));

    static final Key<String> MYSQL_HOST = add(Key.required("mysql.host", HOST, "Where MySQL or MariaDB is."));
    static final Key<Integer> MYSQL_PORT = add(Key.of("mysql.port", PORT, 3306, "Its port."));
    static final Key<String> MYSQL_DATABASE =
            add(Key.of("mysql.database", WORD, "parley", "Database (schema) to use."));
    static final Key<String> MYSQL_USER = add(Key.of("mysql.user", WORD, "parley", "User to connect as."));
    static final Key<String> MYSQL_PASSWORD =
            add(Key.required("mysql.password", ANY_SECRET, "Password of that user; `\"\"` says that there is none.")
                    .secret());
    static final Key<Tls> MYSQL_TLS = add(Key.of(
            "mysql.tls",
            Choice.of(Tls.values(), Keys::lower),
            Tls.VERIFY_IDENTITY,
            "How the connection is secured; `required` encrypts but checks nobody. For any host, loopback too."));
    static final Key<Path> MYSQL_CA =
            add(Key.optional("mysql.ca", FILE, "PEM file of the authority to trust; without it the JDK's own."));
    static final Key<Integer> MYSQL_POOL_SIZE = add(Key.of(
            "mysql.poolSize", new Whole(1, 256), 4, "Connections of this node for accounts, and as many for groups."));
    static final Key<Integer> MYSQL_WAIT_QUEUE = add(Key.of(
            "mysql.waitQueue", new Whole(1, 65536), 256, "Requests that may wait for a connection; more are refused."));
    static final Key<Duration> MYSQL_QUERY_TIMEOUT = add(Key.of(
            "mysql.queryTimeout",
            TIME,
            Duration.ofSeconds(5),
            "How long a query may take, the wait for a connection included."));

    static final Key<String> REDIS_HOST = add(Key.required("redis.host", HOST, "Where Redis is."));
    static final Key<Integer> REDIS_PORT = add(Key.of("redis.port", PORT, 6379, "Its port."));
    static final Key<String> REDIS_USER =
            add(Key.optional("redis.user", WORD, "User of its access control list; needs a password."));
    static final Key<String> REDIS_PASSWORD =
            add(Key.optional("redis.password", SECRET, "Password, if Redis asks for one.")
                    .secret());
    static final Key<Boolean> REDIS_TLS =
            add(Key.of("redis.tls", FLAG, true, "Whether the connection is TLS, with the server's name checked."));
    static final Key<Path> REDIS_CA =
            add(Key.optional("redis.ca", FILE, "PEM file of the authority to trust; without it the JDK's own."));
    static final Key<Duration> REDIS_COMMAND_TIMEOUT = add(Key.of(
            "redis.commandTimeout",
            TIME,
            Duration.ofSeconds(2),
            "How long a command may take before its connection is given up."));
    static final Key<Integer> REDIS_MAX_WAITING = add(Key.of(
            "redis.maxWaiting",
            new Whole(1, 1 << 20),
            2048,
            "Commands that may wait for an answer on one connection; more fail at once."));
    static final Key<Integer> REDIS_DURABILITY = add(Key.of(
            "redis.durability",
            new Replicas(9),
            0,
            "When a message counts as stored: see [what stored is worth](#stored)."));

    static final Key<String> HTTP_HOST = add(Key.of(
            "http.host",
            HOST,
            "127.0.0.1",
            "Address for health and metrics; needs `http.port`. Not for the internet."));
    static final Key<Integer> HTTP_PORT = add(Key.optional(
            "http.port", PORT_OR_FREE, "Port for health and metrics; `0` takes a free one, without it there is none."));

    static {
        TABLE.addAll(ClusterKeys.ALL);
    }

    static final Key<Duration> VERIFY_TIMEOUT = add(Key.of(
            "sessions.verifyTimeout", TIME, Duration.ofSeconds(10), "How long a connection may stay unverified."));
    static final Key<Duration> IDLE_TIMEOUT = add(Key.of(
            "sessions.idleTimeout",
            TIME,
            Duration.ofSeconds(60),
            "How long a client may send nothing; more than `sessions.heartbeat`."));
    static final Key<Duration> HEARTBEAT = add(Key.of(
            "sessions.heartbeat",
            TIME,
            Duration.ofSeconds(30),
            "How often a quiet client pings and the node refreshes its location."));
    static final Key<Duration> ACK_TIMEOUT = add(Key.of(
            "sessions.ackTimeout", TIME, Duration.ofSeconds(30), "How long a delivery may await its acknowledgement."));
    static final Key<Duration> TAKEOVER_TIMEOUT = add(Key.of(
            "sessions.takeoverTimeout",
            TIME,
            Duration.ofSeconds(5),
            "How long a new session waits for the one before it to end."));
    static final Key<Duration> PUSH_TIMEOUT = add(Key.of(
            "sessions.pushTimeout",
            TIME,
            Duration.ofSeconds(2),
            "How long a push to a session may wait for its first answer."));
    static final Key<Duration> DRAIN_DELAY = add(Key.of(
            "sessions.drainDelay",
            TIME_OR_NONE,
            Duration.ZERO,
            "How long a stopping node still accepts connections, for load balancers to notice first."));
    static final Key<Integer> DRAIN_RATE = add(Key.of(
            "sessions.drainRate",
            new Whole(1, 1_000_000),
            1000,
            "Sessions that a stopping node ends in a second; more when drainTimeout asks for it."));
    static final Key<Duration> DRAIN_TIMEOUT = add(Key.of(
            "sessions.drainTimeout",
            TIME,
            Duration.ofSeconds(20),
            "In which time the last session is told at the latest, counted from the end of drainDelay."));

    static final Key<Integer> MAX_MESSAGES = add(
            Key.of("mailbox.maxMessages", new Whole(1, 10_000_000), 10_000, "Messages that may wait for one account."));
    static final Key<Long> MAX_BYTES = add(Key.of(
            "mailbox.maxBytes",
            new Size(1L, 1024 * MIB),
            16 * MIB,
            "Their size together; at least `limits.maxFrame`."));
    static final Key<Duration> EXPIRY = add(Key.of(
            "mailbox.expiry", LONG_TIME, Duration.ofDays(30), "How long they are kept after the last one came."));

    static final Key<String> ACCOUNT_QUERY = add(Key.optional(
            "auth.accountQuery",
            SQL,
            "SQL for your own table: `?` is the user id; yields id, name, password_hash, perhaps roles, disabled."));
    static final Key<HashFormat> HASH_FORMAT = add(Key.of(
            "auth.hashFormat",
            Choice.of(HashFormat.values(), Keys::lower),
            HashFormat.ARGON2ID,
            "What password_hash holds; `plain` only for a table that exists already."));
    static final Key<Integer> HASH_THREADS = add(Key.computed(
            "auth.hashThreads",
            new Whole(1, 64),
            () -> Math.min(64, Math.max(1, Runtime.getRuntime().availableProcessors() / 2)),
            "half of the cores",
            "Threads that verify passwords."));
    static final Key<Integer> HASH_QUEUE = add(Key.of(
            "auth.hashQueue", new Whole(1, 65536), 256, "Logins that may wait for one of them; more are refused."));
    static final Key<Integer> MAX_FAILURES = add(Key.of(
            "auth.maxFailures", new Whole(1, 1000), 10, "Wrong passwords for one id within lockTime that lock it."));
    static final Key<Duration> LOCK_TIME =
            add(Key.of("auth.lockTime", LONG_TIME, Duration.ofMinutes(5), "How long it stays locked."));
    static final Key<Algorithm> TOKEN_ALGORITHM = add(Key.of(
            "auth.token.algorithm",
            Choice.of(Algorithm.values(), Algorithm::name),
            Algorithm.HS256,
            "The one algorithm that is accepted."));
    static final Key<String> TOKEN_SECRET = add(
            Key.optional("auth.token.secret", LONG_SECRET, "Signs and checks tokens; needed with HS256. No default.")
                    .secret());
    static final Key<Path> TOKEN_PUBLIC_KEY = add(
            Key.optional("auth.token.publicKey", FILE, "PEM file to check tokens with; needed with RS256 and ES256."));
    static final Key<Path> TOKEN_PRIVATE_KEY = add(
            Key.optional("auth.token.privateKey", FILE, "PEM file to sign tokens with; without it only others sign."));
    static final Key<String> TOKEN_ISSUER =
            add(Key.of("auth.token.issuer", WORD, "parley", "Who must have made a token (`iss`)."));
    static final Key<String> TOKEN_AUDIENCE =
            add(Key.of("auth.token.audience", WORD, "parley", "Whom it must be for (`aud`)."));
    static final Key<Duration> TOKEN_TTL = add(Key.of(
            "auth.token.ttl",
            LONG_TIME,
            Duration.ofHours(12),
            "Life of a token that this node signs, and the longest that it accepts."));

    static final Key<Long> MAX_FRAME = add(
            Key.of("limits.maxFrame", new Size(12L, 16 * MIB), 64L * KIB, "Largest frame accepted, header included."));
    static final Key<Integer> ACK_WINDOW = add(
            Key.of("limits.ackWindow", new Whole(1, 65536), 256, "Unacknowledged deliveries in flight for a session."));
    static final Key<Integer> UNANSWERED_SENDS = add(Key.of(
            "limits.unansweredSends",
            new Whole(1, 65536),
            128,
            "Sends of a session without a receipt; at this number its reading pauses."));
    static final Key<Long> WAITING_BYTES = add(Key.of(
            "limits.waitingBytes",
            new Size(1L, 1024 * MIB),
            256L * KIB,
            "Bytes that may wait to be written to one socket; at least `limits.maxFrame`."));
    static final Key<Integer> LANE_DEPTH = add(Key.of(
            "limits.laneDepth",
            new Whole(1, 1 << 20),
            1024,
            "Messages of this node on the way to one recipient; more are refused."));
    static final Key<Integer> RECENT_RECEIPTS = add(Key.of(
            "limits.recentReceipts",
            new Whole(1, 65536),
            512,
            "Receipts a session remembers to answer repeats; every eight recipients of a list count for one."));

    static final List<Key<?>> ALL = List.copyOf(TABLE);

    private Keys() {}

    private static <T> Key<T> add(Key<T> key) {
        TABLE.add(key);
        if (key.isSecret()) {
            TABLE.add(key.file());
        }
        return key;
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
