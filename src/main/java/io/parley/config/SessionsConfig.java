package io.parley.config;

import java.time.Duration;

/**
 * The times of a session's life.
 *
 * @param verifyTimeout    how long a connection may stay unverified; default 10 s
 * @param idleTimeout      how long a client may send nothing; default 60 s
 * @param heartbeat        how often a quiet client is told to ping, and how often the node refreshes its location;
 *                         default 30 s
 * @param ackTimeout       how long a delivery may await its acknowledgement; default 30 s
 * @param takeoverTimeout  how long a new session waits for the one before it to end; default 5 s
 * @param pushTimeout      how long a push may wait for its first answer, taken or refused; default 2 s
 * @param drain            how they end when the node stops
 */
public record SessionsConfig(
        Duration verifyTimeout,
        Duration idleTimeout,
        Duration heartbeat,
        Duration ackTimeout,
        Duration takeoverTimeout,
        Duration pushTimeout,
        DrainConfig drain) {
    public SessionsConfig {
        Keys.VERIFY_TIMEOUT.check(verifyTimeout);
        Keys.IDLE_TIMEOUT.check(idleTimeout);
        Keys.HEARTBEAT.check(heartbeat);
        Keys.ACK_TIMEOUT.check(ackTimeout);
        Keys.TAKEOVER_TIMEOUT.check(takeoverTimeout);
        Keys.PUSH_TIMEOUT.check(pushTimeout);
    }

    /** The same with other bounds for silence. */
    SessionsConfig with(Duration verify, Duration idle) {
        return new SessionsConfig(verify, idle, heartbeat, ackTimeout, takeoverTimeout, pushTimeout, drain);
    }

    /** How long a location lasts that is not refreshed: two refreshes may fail without harm. */
    public Duration locationLife() {
        return heartbeat.multipliedBy(3);
    }
}
