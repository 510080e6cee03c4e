package io.parley.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.parley.config.MySqlConfig;
import io.parley.config.RedisConfig;
import io.parley.dev.Directories;
import io.parley.dev.MariaDbServer;
import io.parley.dev.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.MySQLConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The real Redis and MariaDB of a test JVM: one of each, started by the first test that asks, ended with the JVM. Tests
 * run in parallel on them, so each uses names of its own (accounts in Redis, a database in MariaDB) and flushes
 * nothing.
 */
public final class Services {
    private static final Path ROOT = Path.of("target", "test-services");
    private static final Path DATA =
            ROOT.resolve(Long.toString(ProcessHandle.current().pid()));

    private static RedisServer redis;
    private static MariaDbServer mariaDb;
    private static int databases;
    private static int owned;

    static {
        deleteDataOfDeadJvms();
        Runtime.getRuntime().addShutdownHook(new Thread(Services::end, "services-end"));
    }

    private Services() {}

    /** Of this JVM alone, as others run tests at the same time; deleted with what the stores keep. */
    public static Path directory(String name) {
        return DATA.resolve(name).toAbsolutePath();
    }

    /** Shared by all tests of this JVM; never flush it, never stop it. */
    public static synchronized RedisConfig redis() {
        try {
            if (redis == null) {
                redis = RedisServer.start(DATA.resolve("redis"), System.err::println);
            }
            return redis.config();
        } catch (IOException startFailed) {
            throw new UncheckedIOException(startFailed);
        }
    }

    /** A database of its own for each call, empty, on the shared server. */
    public static synchronized MySqlConfig database() {
        try {
            if (mariaDb == null) {
                mariaDb = MariaDbServer.start(DATA.resolve("mariadb"), System.err::println);
            }
        } catch (IOException startFailed) {
            throw new UncheckedIOException(startFailed);
        }
        MySqlConfig server = mariaDb.config();
        String name = "parley_" + ++databases;
        create(name, server);
        return new MySqlConfig(
                server.host(),
                server.port(),
                name,
                server.user(),
                server.password(),
                server.tls(),
                server.ca(),
                server.poolSize(),
                server.waitQueue(),
                server.queryTimeout());
    }

    /** For a test that stops, kills or restarts one; the test stops it at its end, the JVM's end does so anyway. */
    public static synchronized RedisServer ownRedis() {
        try {
            return RedisServer.start(DATA.resolve("redis-" + ++owned), System.err::println);
        } catch (IOException startFailed) {
            throw new UncheckedIOException(startFailed);
        }
    }

    /** As {@link #ownRedis}, for a test that kills it and expects everything back. */
    public static synchronized RedisServer ownSyncingRedis() {
        try {
            return RedisServer.startSyncing(DATA.resolve("redis-" + ++owned), System.err::println);
        } catch (IOException startFailed) {
            throw new UncheckedIOException(startFailed);
        }
    }

    /** As {@link #ownRedis}; its database {@code parley} is empty. */
    public static synchronized MariaDbServer ownMariaDb() {
        try {
            return MariaDbServer.start(DATA.resolve("mariadb-" + ++owned), System.err::println);
        } catch (IOException startFailed) {
            throw new UncheckedIOException(startFailed);
        }
    }

    private static void create(String name, MySqlConfig server) {
        Vertx vertx = Vertx.vertx();
        try {
            MySQLConnectOptions options = new MySQLConnectOptions()
                    .setHost(server.host())
                    .setPort(server.port())
                    .setUser(server.user())
                    .setPassword(server.password())
                    .setDatabase(server.database());
            MySQLConnection.connect(vertx, options)
                    .compose(connection -> connection
                            .query("CREATE DATABASE " + name + " CHARACTER SET utf8mb4")
                            .execute()
                            .eventually(connection::close))
                    .await(10, SECONDS);
        } catch (java.util.concurrent.TimeoutException silent) {
            throw new IllegalStateException("MariaDB does not answer", silent);
        } finally {
            vertx.close();
        }
    }

    /** Their processes would end with the JVM by themselves; here so that their files can go too. */
    private static void end() {
        try {
            if (redis != null) {
                redis.kill();
            }
            if (mariaDb != null) {
                mariaDb.kill();
            }
            Directories.delete(DATA);
        } catch (IOException left) {
            System.err.println("left behind: " + left);
        }
    }

    private static void deleteDataOfDeadJvms() {
        if (!Files.isDirectory(ROOT)) {
            return;
        }
        try (Stream<Path> directories = Files.list(ROOT)) {
            for (Path directory : directories.toList()) {
                long pid = Long.parseLong(directory.getFileName().toString());
                if (ProcessHandle.of(pid).isEmpty()
                        || pid == ProcessHandle.current().pid()) {
                    Directories.delete(directory);
                }
            }
        } catch (IOException halfDeleted) {
            // Another JVM that starts now deletes the same; what is left is for the next one.
            System.err.println("left behind: " + halfDeleted);
        }
    }
}
