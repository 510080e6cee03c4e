package io.parley.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where accounts live.
 *
 * @param tls             how the connection is secured: DISABLED, REQUIRED (encrypted, nobody checked), VERIFY_CA,
 *                        VERIFY_IDENTITY
 * @param ca              PEM file of the authority to trust; null for the JDK's own
 * @param poolSize        connections a node
 * @param waitQueue       how many requests may wait for a connection; over it they are refused
 * @param queryTimeout    how long one query may take, the wait for a connection included
 */
public record MySqlConfig(
        String host,
        int port,
        String database,
        String user,
        String password,
        Tls tls,
        Path ca,
        int poolSize,
        int waitQueue,
        Duration queryTimeout) {
    public MySqlConfig {
        Keys.MYSQL_HOST.check(host);
        Keys.MYSQL_PORT.check(port);
        Keys.MYSQL_DATABASE.check(database);
        Keys.MYSQL_USER.check(user);
        Keys.MYSQL_PASSWORD.check(password);
        Keys.MYSQL_TLS.check(tls);
        Keys.MYSQL_POOL_SIZE.check(poolSize);
        Keys.MYSQL_WAIT_QUEUE.check(waitQueue);
        Keys.MYSQL_QUERY_TIMEOUT.check(queryTimeout);
    }

    /** How far the server is checked. */
    public enum Tls {
        DISABLED,
        REQUIRED,
        VERIFY_CA,
        VERIFY_IDENTITY
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MySqlConfig[" + user + "@" + host + ":" + port + "/" + database + "]";
    }
}
