package io.parley.gateway;

import io.parley.bus.Failures;
import io.parley.mailbox.Locations;
import io.parley.mailbox.Refreshed;
import io.parley.protocol.Location;
import io.parley.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the locations of a gateway's sessions alive, and with the same question looks whether something waits in their
 * mailboxes in case a nudge was lost (DESIGN section 6), and whether the account was changed since the login. Each
 * second it asks for those whose turn it is, so that all are asked once a heartbeat.
 */
final class Refresher {

    private final SessionTable sessions;
    private final Locations locations;
    private final String gateway;

    Refresher(SessionTable sessions, Locations locations, String gateway) {
        this.sessions = sessions;
        this.locations = locations;
        this.gateway = gateway;
    }

    /** To be called once a turn. */
    void tick() {
        Map<Location, String> due = new LinkedHashMap<>();
        for (Session session : sessions.due()) {
            if (session.isOpen()) {
                due.put(new Location(gateway, session.id()), session.userId());
            }
        }
        locations
                .refreshAll(due)
                .onSuccess(answers -> answers.forEach(this::tell))
                .onFailure(Failures::refusal);
    }

    /** A session without an answer goes on as it is: while Redis is down nothing can be learnt. */
    private void tell(Location location, Refreshed refreshed) {
        Session session = sessions.find(location.session());
        if (session == null) {
            return;
        }
        session.notBefore(refreshed.notBefore());
        switch (refreshed.state()) {
            case MINE -> session.refreshed(refreshed.waiting());
            case ABSENT -> session.restored();
            case OTHERS -> session.overtaken(refreshed.others());
        }
    }
}
