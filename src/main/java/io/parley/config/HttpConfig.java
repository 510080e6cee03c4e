package io.parley.config;

/**
 * Where a node answers about its health and metrics, in plain HTTP: for probes and Prometheus, not for clients.
 *
 * @param port  0 takes a free one
 */
public record HttpConfig(String host, int port) {
    public HttpConfig {
        Keys.HTTP_HOST.check(host);
        Keys.HTTP_PORT.check(port);
    }
}
