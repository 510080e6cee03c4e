package io.parley.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a client reaches its node and who it speaks for. The connection is always TLS; the certificate and the host name
 * are always verified, and there is no way to turn that off.
 *
 * @param servers   one or more nodes of one cluster: a client that cannot connect to one, or loses it, tries the next,
 *                  and after the last the first again
 * @param ca        PEM file of the authority to trust; null for the JDK's own
 * @param user      the user id
 * @param password  null when there is a token
 * @param token     tried first when there are both; null when there is a password
 */
public record ClientOptions(
        List<Server> servers, Path ca, String user, String password, String token, Patience patience) {

    public ClientOptions {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("a client needs a server");
        }
    }

    /** @param host the name or address that the certificate must be for */
    public record Server(String host, int port) {}

    /**
     * How long and how often a client tries.
     *
     * @param reconnect      whether a lost connection is made again; the first one is tried once at each server in any
     * case
     * @param backoffFrom    shortest wait before a reconnect; default 500 ms
     * @param backoffTo      longest wait, and after a connection that lived longer than this the next begins with the
     *                       shortest again; default 30 s
     * @param answerTimeout  how long the node may take to be reached, and to answer a ping; default 10 s
     * @param loginTimeout   how long it may take to answer a login; default 25 s, longer than its own patience with its
     *                       stores: who gives up sooner and comes again makes a storm of logins worse
     * @param maxUnanswered  sends without a receipt; over it a send is refused with too_many; default 1,024
     * @param remembered     of how many messages that arrived it is known that they did, so that each is shown once;
     *                       more than a node has in flight, or repeats are shown; default 8,192, about 0.6 MB
     */
    public record Patience(
            boolean reconnect,
            Duration backoffFrom,
            Duration backoffTo,
            Duration answerTimeout,
            Duration loginTimeout,
            int maxUnanswered,
            int remembered) {

        private static final int REMEMBERED = 8_192;

        public static final Patience DEFAULT = new Patience(
                true,
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(25),
                1_024);

        /** Remembers as many messages as by default. */
        public Patience(
                boolean reconnect,
                Duration backoffFrom,
                Duration backoffTo,
                Duration answerTimeout,
                Duration loginTimeout,
                int maxUnanswered) {
            this(reconnect, backoffFrom, backoffTo, answerTimeout, loginTimeout, maxUnanswered, REMEMBERED);
        }

        public Patience withoutReconnect() {
            return new Patience(false, backoffFrom, backoffTo, answerTimeout, loginTimeout, maxUnanswered, remembered);
        }

        public Patience remembering(int messages) {
            return new Patience(
                    reconnect, backoffFrom, backoffTo, answerTimeout, loginTimeout, maxUnanswered, messages);
        }
    }

    /** For one account on one node; say next who to trust and how to prove who it is. */
    public static ClientOptions of(String host, int port, String user) {
        return new ClientOptions(List.of(new Server(host, port)), null, user, null, null, Patience.DEFAULT);
    }

    /** Adds another node of the cluster. */
    public ClientOptions orAt(String host, int port) {
        List<Server> more = Stream.concat(servers.stream(), Stream.of(new Server(host, port)))
                .toList();
        return new ClientOptions(more, ca, user, password, token, patience);
    }

    /** Of the first server. */
    public String host() {
        return servers.get(0).host();
    }

    /** Of the first server. */
    public int port() {
        return servers.get(0).port();
    }

    public ClientOptions trusting(Path authority) {
        return new ClientOptions(servers, authority, user, password, token, patience);
    }

    public ClientOptions withPassword(String secret) {
        return new ClientOptions(servers, ca, user, secret, token, patience);
    }

    public ClientOptions withToken(String secret) {
        return new ClientOptions(servers, ca, user, password, secret, patience);
    }

    public ClientOptions with(Patience other) {
        return new ClientOptions(servers, ca, user, password, token, other);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "ClientOptions[" + user + " at " + servers + "]";
    }
}
