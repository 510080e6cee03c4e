package io.parley.gateway;

import io.parley.bus.Addresses;
import io.parley.bus.Bus;
import io.parley.bus.Presence;
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

    private record Entry(Session session, Connection connection, long since) {}

    private final Bus bus;
    private final Addresses addresses;
    private final String gateway;
    private final Map<String, Entry> entries = new HashMap<>();
    private Runnable whenEmpty = () -> {};

    /** @param gateway the address of the gateway whose table this is */
    SessionTable(Bus bus, Addresses addresses, String gateway) {
        this.bus = bus;
        this.gateway = gateway;
        this.addresses = addresses;
    }

    void add(Session session, Connection connection) {
        entries.put(session.id(), new Entry(session, connection, System.nanoTime()));
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

    void opened(Session session) {
        announce(session, true);
    }

    void remove(Session session) {
        Entry entry = entries.remove(session.id());
        if (session.userId() != null) {
            announce(session, false);
        }
        log.debug(
                "session ended session={} uid={} remote={} reason={} seconds={}",
                session.id(),
                session.userId(),
                entry.connection.remote(),
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
