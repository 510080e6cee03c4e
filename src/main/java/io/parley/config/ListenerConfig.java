package io.parley.config;

import io.parley.protocol.Entrance.Guests;
import java.time.Duration;
import java.util.Optional;

/**
 * One listening port with one codec and one TLS setting.
 *
 * @param name             for logs and errors; unique in the node
 * @param port             0 takes a free one
 * @param guests           what it does about ids without an account
 * @param guestsBroadcast  whether guests may speak to everybody at once
 * @param manner           how its codec speaks with people
 * @param verifyTimeout    how long a connection may stay unverified; empty for the default of its codec
 * @param idleTimeout      how long a client may send nothing; empty for the default of its codec
 */
public record ListenerConfig(
        String name,
        Codec codec,
        String host,
        int port,
        boolean tls,
        Guests guests,
        boolean guestsBroadcast,
        Manner manner,
        Optional<Duration> verifyTimeout,
        Optional<Duration> idleTimeout) {

    private static final Duration PEOPLE_VERIFY = Duration.ofMinutes(2);
    private static final Duration PEOPLE_IDLE = Duration.ofHours(1);

    public ListenerConfig {
        ListenerKeys.NAME.check(name);
        ListenerKeys.CODEC.check(codec);
        ListenerKeys.HOST.check(host);
        ListenerKeys.PORT.check(port);
    }

    /** The codecs that this version speaks. */
    public enum Codec {
        JSON,
        TEXT,
        LINE;

        /** Whether people type it, who are slower than programs and do not ping. */
        public boolean isForPeople() {
            return this != JSON;
        }
    }

    /** The languages of sentences for people. */
    public enum Language {
        EN,
        ZH
    }

    /** The ways to speak the codec {@code line} (DESIGN section 5). */
    public enum Dialect {
        COMMANDS,
        NICKNAME
    }

    /** How a codec for people speaks. */
    public record Manner(Language language, Dialect dialect) {}

    /** Whether anybody on the network may enter, and everybody on the way may read. */
    public boolean isOpenToStrangers() {
        boolean loopback = host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
        return guests != Guests.NONE && !tls && !loopback;
    }

    /** The times of this listener's sessions. */
    public SessionsConfig times(SessionsConfig general) {
        Duration verify = codec.isForPeople() ? PEOPLE_VERIFY : general.verifyTimeout();
        Duration idle = codec.isForPeople() ? PEOPLE_IDLE : general.idleTimeout();
        return general.with(verifyTimeout.orElse(verify), idleTimeout.orElse(idle));
    }
}
