package io.parley.metrics;

import io.micrometer.core.instrument.Counter;
import io.parley.protocol.ErrorCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Connections, logins, and what clients were refused. */
public final class SessionMeters {

    private final Metrics metrics;
    /** One for a listener, however many gateways share its port: of a second gauge Prometheus would never hear. */
    private final Map<String, Level> open = new ConcurrentHashMap<>();

    private final Map<String, Door> doors = new ConcurrentHashMap<>();

    private final Level verified;
    private final Level paused;
    private final Level inFlight;
    private final Counter logins;
    private final Map<ErrorCode, Counter> loginsRefused;
    private final Map<ErrorCode, Counter> commandsRefused;

    SessionMeters(Metrics metrics) {
        this.metrics = metrics;
        verified =
                metrics.level("parley.sessions.verified", "Sessions that speak for an account; looked at each second.");
        paused = metrics.level(
                "parley.sessions.paused",
                "Sessions that the node does not read from now, because too much of theirs is unanswered or unread;"
                        + " looked at each second.");
        inFlight = metrics.level(
                "parley.deliveries.in.flight",
                "Deliveries that clients have not acknowledged yet; looked at each second.");
        logins = metrics.counter("parley.logins", "Logins that succeeded.");
        loginsRefused = metrics.countersByError("parley.logins.refused", "Logins that were refused.");
        commandsRefused = metrics.countersByError(
                "parley.commands.refused", "Errors told to clients that are neither about a login nor a receipt.");
    }

    /** The sessions of one listener, from accept until everything of them is settled. */
    public Level open(String listener) {
        return open.computeIfAbsent(
                listener,
                name -> metrics.level(
                        "parley.sessions.open",
                        "Connections from accept until everything of them is settled.",
                        "listener",
                        name));
    }

    /** The connections of one listener: one count, however many gateways share its port. */
    public Door door(String listener) {
        return doors.computeIfAbsent(listener, name -> new Door());
    }

    public Level verified() {
        return verified;
    }

    public Level paused() {
        return paused;
    }

    public Level inFlight() {
        return inFlight;
    }

    public void login() {
        logins.increment();
    }

    public void loginRefused(ErrorCode why) {
        loginsRefused.get(why).increment();
    }

    public void commandRefused(ErrorCode why) {
        commandsRefused.get(why).increment();
    }
}
