package io.parley.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where mailboxes and locations live.
 *
 * @param user            null without access control lists
 * @param password        null without one
 * @param tls             whether the connection is TLS, with the server's name checked
 * @param ca              PEM file of the authority to trust; null for the JDK's own
 * @param commandTimeout  how long one command may take before its connection is given up
 * @param maxWaiting      commands that may wait for an answer on one connection; over it they fail at once
 * @param replicas        what {@code stored} means: 0 accepted by the master, N acknowledged by N replicas too
 */
public record RedisConfig(
        String host,
        int port,
        String user,
        String password,
        boolean tls,
        Path ca,
        Duration commandTimeout,
        int maxWaiting,
        int replicas) {
    public RedisConfig {
        Keys.REDIS_HOST.check(host);
        Keys.REDIS_PORT.check(port);
        Keys.REDIS_USER.check(user);
        Keys.REDIS_PASSWORD.check(password);
        Keys.REDIS_COMMAND_TIMEOUT.check(commandTimeout);
        Keys.REDIS_MAX_WAITING.check(maxWaiting);
        Keys.REDIS_DURABILITY.check(replicas);
    }

    /** How a receipt names what {@code stored} is worth. */
    public String durability() {
        return String.valueOf(Keys.REDIS_DURABILITY.kind().toJson(replicas));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RedisConfig[" + host + ":" + port + "]";
    }
}
