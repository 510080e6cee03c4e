package io.parley.config;

/**
 * One listening port with one codec and one TLS setting.
 *
 * @param name   for logs and errors; unique in the node
 * @param port   0 takes a free one
 */
public record ListenerConfig(String name, Codec codec, String host, int port, boolean tls) {
    public ListenerConfig {
        Keys.LISTENER_NAME.check(name);
        Keys.LISTENER_CODEC.check(codec);
        Keys.LISTENER_HOST.check(host);
        Keys.LISTENER_PORT.check(port);
    }

    /** The codecs that this version speaks. */
    public enum Codec {
        JSON
    }
}
