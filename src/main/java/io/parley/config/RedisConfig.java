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

    /** How a receipt names what {@code stored} is worth. */
    public String durability() {
        return replicas == 0 ? "accepted" : "replicated:" + replicas;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RedisConfig[" + host + ":" + port + "]";
    }
}
