package io.parley.gateway;

import io.parley.bus.Addresses;
import io.parley.bus.Bus;
import io.parley.bus.Presence;
import io.parley.metrics.Level;
import io.parley.metrics.SessionMeters;
import io.parley.protocol.Location;
import io.parley.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of one gateway, from accept until everything of them is settled. */
final class SessionTable {

    private static final Logger log = LoggerFactory.getLogger(SessionTable.class);

    private record Entry(Session session, Connection connection, long since, Level open) {}

    private final Bus bus;
    private final Addresses addresses;
    private final String gateway;
    private final SessionMeters meters;
    private final Level.Share verified;
    private final Level.Share paused;
    private final Level.Share inFlight;
    private final Map<String, Entry> entries = new HashMap<>();
    private Runnable whenEmpty = () -> {};

    /** @param gateway the address of the gateway whose table this is */
    SessionTable(Bus bus, Addresses addresses, String gateway, SessionMeters meters) {
        this.bus = bus;
        this.gateway = gateway;
        this.addresses = addresses;
        this.meters = meters;
        this.verified = meters.verified().share();
        this.paused = meters.paused().share();
        this.inFlight = meters.inFlight().share();
    }

    /** @param open counts the listener's sessions */
    void add(Session session, Connection connection, Level open) {
        open.rise();
        entries.put(session.id(), new Entry(session, connection, System.nanoTime(), open));
    }

    /** The session of that id; null when it is not, or no longer, here. */
    Session find(String id) {
        Entry entry = entries.get(id);
        return entry == null ? null : entry.session;
    }

    /** A snapshot: a session may end while one goes through it. */
    Collection<Session> all() {
        List<Session> all = new ArrayList<>(entries.size());
        entries.values().forEach(entry -> all.add(entry.session));
        return all;
    }

    /** Tells every session the time, and publishes what they have together. */
    void tick(long nowMillis) {
        int verifiedNow = 0;
        int pausedNow = 0;
        int inFlightNow = 0;
        for (Entry entry : List.copyOf(entries.values())) {
            entry.session.tick(nowMillis);
            verifiedNow += entry.session.isOpen() ? 1 : 0;
            pausedNow += entry.connection.isPaused() ? 1 : 0;
            inFlightNow += entry.session.inFlight();
        }
        verified.set(verifiedNow);
        paused.set(pausedNow);
        inFlight.set(inFlightNow);
    }

    void opened(Session session) {
        meters.login();
        announce(session, true);
    }

    void remove(Session session) {
        Entry entry = entries.remove(session.id());
        entry.open.fall();
        if (session.userId() != null) {
            announce(session, false);
        }
        log.debug(
                "session ended session={} uid={} remote={} reason={} seconds={}",
                session.id(),
                session.userId(),
                entry.connection.entrance().remote(),
                entry.connection.farewell(),
                Duration.ofNanos(System.nanoTime() - entry.since).toSeconds());
        if (entries.isEmpty()) {
            whenEmpty.run();
        }
    }

    private void announce(Session session, boolean here) {
        bus.send(
                addresses.deliveryTo(session.userId()),
                new Presence(session.userId(), new Location(gateway, session.id()), here));
    }

    /** Runs the task when no session is here any more; now, when none is. */
    void whenEmpty(Runnable task) {
        whenEmpty = task;
        if (entries.isEmpty()) {
            task.run();
        }
    }
}
