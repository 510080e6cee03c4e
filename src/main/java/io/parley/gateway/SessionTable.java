package io.parley.gateway;

import io.parley.bus.Presence;
import io.parley.metrics.Level;
import io.parley.metrics.SessionMeters;
import io.parley.protocol.Location;
import io.parley.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one gateway, from accept until everything of them is settled.
 *
 * <p>Most of them are idle, and no second goes through them all: they lie arranged by turns, one turn a second, so that
 * each comes once a heartbeat. On its turn a session is stirred, and then looked at each second until it rests again.
 */
final class SessionTable {

    private static final Logger log = LoggerFactory.getLogger(SessionTable.class);

    private record Entry(Session session, Connection connection, long since, Level open) {}

    /** How long a turn lasts. */
    static final Duration TURN = Duration.ofSeconds(1);

    private final LongSupplier clock;
    private final String gateway;
    private final Consumer<Presence> news;
    private final SessionMeters meters;
    private final Level.Share verified;
    private final Level.Share paused;
    private final Level.Share inFlight;
    private final List<Map<String, Entry>> turns;
    /** Those that do not rest. */
    private final Set<Session> restless = new LinkedHashSet<>();

    private int turn;
    private int size;
    private Runnable whenEmpty = () -> {};

    /**
     * @param clock      the one that the sessions have
     * @param heartbeat  how often each session has its turn
     * @param gateway    the address of the gateway whose table this is
     * @param news       takes word of each session that opens, and ends
     */
    SessionTable(
            LongSupplier clock, Duration heartbeat, String gateway, Consumer<Presence> news, SessionMeters meters) {
        this.clock = clock;
        this.gateway = gateway;
        this.news = news;
        this.meters = meters;
        this.turns = Stream.<Map<String, Entry>>generate(HashMap::new)
                .limit(Math.max(1, heartbeat.dividedBy(TURN)))
                .toList();
        this.verified = meters.verified().share();
        this.paused = meters.paused().share();
        this.inFlight = meters.inFlight().share();
    }

    /** @param open counts the listener's sessions */
    void add(Session session, Connection connection, Level open) {
        open.rise();
        turnOf(session.id()).put(session.id(), new Entry(session, connection, System.nanoTime(), open));
        size++;
        restless.add(session);
    }

    /** The session of that id; null when it is not, or no longer, here. */
    Session find(String id) {
        Entry entry = turnOf(id).get(id);
        return entry == null ? null : entry.session;
    }

    /** A snapshot: a session may end while one goes through it. */
    Collection<Session> all() {
        List<Session> all = new ArrayList<>(size);
        turns.forEach(each -> each.values().forEach(entry -> all.add(entry.session)));
        return all;
    }

    /** Those whose turn it is; a snapshot as well. */
    Collection<Session> due() {
        return turns.get(turn).values().stream().map(Entry::session).toList();
    }

    private Map<String, Entry> turnOf(String id) {
        return turns.get(Math.floorMod(id.hashCode(), turns.size()));
    }

    /** Begins the next turn, looks at every session that does not rest, and publishes what they have together. */
    void tick() {
        turn = (turn + 1) % turns.size();
        due().forEach(Session::stir);
        long nextRound = clock.getAsLong() + TURN.toMillis() * turns.size();
        for (Session session : List.copyOf(restless)) {
            if (session.look(nextRound)) {
                restless.remove(session);
            }
        }
        publish();
    }

    /** Who rests is verified, is read from and owes nothing. */
    private void publish() {
        int verifiedNow = size - restless.size();
        int pausedNow = 0;
        int inFlightNow = 0;
        for (Session session : restless) {
            verifiedNow += session.isOpen() ? 1 : 0;
            pausedNow += session.isPaused() ? 1 : 0;
            inFlightNow += session.inFlight();
        }
        verified.set(verifiedNow);
        paused.set(pausedNow);
        inFlight.set(inFlightNow);
    }

    /** The session does not rest any more. */
    void stirred(Session session) {
        restless.add(session);
    }

    void opened(Session session) {
        meters.login();
        announce(session, true);
    }

    void remove(Session session) {
        Entry entry = turnOf(session.id()).remove(session.id());
        restless.remove(session);
        size--;
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
        if (size == 0) {
            whenEmpty.run();
        }
    }

    private void announce(Session session, boolean here) {
        news.accept(new Presence(session.userId(), new Location(gateway, session.id()), here));
    }

    /** Runs the task when no session is here any more; now, when none is. */
    void whenEmpty(Runnable task) {
        whenEmpty = task;
        if (size == 0) {
            task.run();
        }
    }
}
