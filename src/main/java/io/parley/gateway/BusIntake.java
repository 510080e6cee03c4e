package io.parley.gateway;

import io.parley.bus.AskSession;
import io.parley.bus.ClusterBus;
import io.parley.bus.Crossing;
import io.parley.bus.EndSession;
import io.parley.bus.NodeLeft;
import io.parley.bus.Outcomes;
import io.parley.bus.Parcel;
import io.parley.bus.Received;
import io.parley.bus.RoomNews;
import io.parley.bus.SessionState;
import io.parley.metrics.MessageMeters;
import io.parley.protocol.Receipt;
import io.parley.session.Origin;
import io.parley.session.Session;
import java.time.Duration;

/** What comes to a gateway over the bus, given to the session that it is for; answers for those that are not here. */
final class BusIntake {

    private final ClusterBus cluster;
    private final SessionTable sessions;
    private final SessionEffects effects;
    private final Fanouts fanouts;
    private final RoomDesk rooms;
    private final MessageMeters messages;

    BusIntake(
            ClusterBus cluster,
            SessionTable sessions,
            SessionEffects effects,
            Fanouts fanouts,
            RoomDesk rooms,
            MessageMeters messages) {
        this.cluster = cluster;
        this.sessions = sessions;
        this.effects = effects;
        this.fanouts = fanouts;
        this.rooms = rooms;
        this.messages = messages;
    }

    /** @param received a record for this gateway or one of its sessions */
    void take(Received received) {
        Object body = received.record();
        if (body instanceof Parcel parcel) {
            parcel.items().forEach(item -> hand(parcel.courier(), item));
        } else if (body instanceof Outcomes outcomes) {
            outcomes.items().forEach(this::settle);
        } else if (body instanceof EndSession end) {
            end(received, end);
        } else if (body instanceof AskSession ask) {
            Session session = sessions.find(ask.session());
            received.reply(session != null && session.isAlive() ? SessionState.ALIVE : SessionState.GONE);
        } else if (body instanceof RoomNews news) {
            rooms.hear(news);
            received.reply(new Crossing.Pong());
        } else if (body instanceof NodeLeft left) {
            cluster.left(left.node());
        } else {
            throw new IllegalArgumentException("not for a gateway: " + body.getClass());
        }
    }

    private void hand(String courier, Parcel.Item item) {
        Session session = sessions.find(item.session());
        if (item instanceof Parcel.Push push) {
            Origin origin = new Origin(courier, push.number());
            if (session == null) {
                effects.notHere(origin);
            } else {
                session.push(origin, push.envelope());
            }
        } else if (item instanceof Parcel.Unknown unknown) {
            refuse(session, new Origin(courier, unknown.number()));
        } else if (session != null && item instanceof Parcel.Readmit) {
            session.readmit(courier);
        } else if (session != null) {
            session.nudge(courier);
        }
    }

    /** What a newer node means by it is not known here; it stores what is refused, and the session drains it. */
    private void refuse(Session session, Origin origin) {
        if (origin.number() == 0) {
            return;
        }
        if (session == null) {
            effects.notHere(origin);
        } else {
            session.refuse(origin);
        }
    }

    private void settle(Outcomes.Outcome outcome) {
        messages.settled(outcome.receipt());
        Receipt receipt =
                outcome.share() == null ? outcome.receipt() : fanouts.settle(outcome.share(), outcome.receipt());
        Session session = receipt == null ? null : sessions.find(outcome.session());
        if (session != null) {
            session.receipt(receipt);
        }
    }

    private void end(Received received, EndSession end) {
        Session session = sessions.find(end.session());
        if (session == null) {
            received.reply(SessionState.GONE);
        } else {
            session.end(end.reason(), Duration.ZERO, () -> received.reply(SessionState.GONE));
        }
    }
}
