package io.parley.gateway;

import io.parley.bus.Addresses;
import io.parley.bus.AskRooms;
import io.parley.bus.Bus;
import io.parley.bus.EnterRoom;
import io.parley.bus.LeaveRoom;
import io.parley.bus.RoomNames;
import io.parley.bus.RoomNews;
import io.parley.bus.Speeches;
import io.parley.bus.Speeches.Speech;
import io.parley.metrics.MessageMeters;
import io.parley.protocol.Audience;
import io.parley.protocol.Command;
import io.parley.protocol.Envelope;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Identity;
import io.parley.protocol.Person;
import io.parley.protocol.Question;
import io.parley.protocol.Refusal;
import io.parley.session.Session;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the sessions of one gateway do in rooms and say to everybody, handed to the node's rooms in the order in which
 * they did it; and what happens there, handed to the sessions that are concerned.
 */
final class RoomDesk {

    /** Longer than the rooms wait for a gateway that does not take its news. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Refusal NOT_MEMBER = new Refusal(ErrorCode.NOT_MEMBER, "this session is not in the room");

    private static final Refusal TOO_MANY =
            new Refusal(ErrorCode.TOO_MANY, "a session is in at most " + RoomTable.MAX_ROOMS + " rooms");

    private final Bus bus;
    private final String address;
    private final Stamp stamp;
    private final SessionTable sessions;
    private final MessageMeters messages;
    private final EndOfTurn endOfTurn;
    private final RoomTable<Session> table = new RoomTable<>();
    private List<Speech> said = new ArrayList<>();

    /** The parts of a gateway that it uses. */
    record Parts(Bus bus, Stamp stamp, SessionTable sessions, MessageMeters messages, EndOfTurn endOfTurn) {}

    /** @param address the gateway's own */
    RoomDesk(String address, Parts parts) {
        this.address = address;
        this.bus = parts.bus();
        this.stamp = parts.stamp();
        this.sessions = parts.sessions();
        this.messages = parts.messages();
        this.endOfTurn = parts.endOfTurn();
    }

    // From the sessions.

    void say(Session session, Identity sender, Command.Say say, Consumer<Refusal> otherwise) {
        if (table.has(session.id(), say.room())) {
            speak(session, sender, say, say.room(), otherwise);
        } else {
            otherwise.accept(NOT_MEMBER);
        }
    }

    void broadcast(Session session, Identity sender, Command.Broadcast command, Consumer<Refusal> otherwise) {
        speak(session, sender, command, null, otherwise);
    }

    private void speak(
            Session session, Identity sender, Command.Send command, String room, Consumer<Refusal> otherwise) {
        Audience audience = room == null ? Audience.EVERYBODY : Audience.room(room);
        Envelope envelope = stamp.envelope(sender, command, audience);
        if (envelope == null) {
            otherwise.accept(Stamp.TOO_LARGE);
            return;
        }
        if (said.isEmpty()) {
            endOfTurn.add(this::flush);
        }
        said.add(new Speech(session.id(), command.clientId(), room, envelope));
    }

    private void flush() {
        if (!said.isEmpty()) {
            messages.accepted(said.size());
            bus.send(Addresses.ROOMS, new Speeches(address, said));
            said = new ArrayList<>();
        }
    }

    /** Completes with null: the answer is what everybody in the room hears, this session among them. */
    Future<Event> join(Session session, Identity asker, String room) {
        String id = session.id();
        Person who = new Person(asker.userId(), asker.name());
        if (table.has(id, room)) {
            return Future.succeededFuture(new Event.Entered(room, who));
        }
        if (table.isFull(id)) {
            return Future.failedFuture(TOO_MANY);
        }
        RoomTable.Seat seat = table.take(id, room);
        return request(new EnterRoom(address, id, room, who)).onFailure(refused -> takeBack(id, room, seat));
    }

    /** Leaves too: when no answer came in time the rooms may have let it in, or will. */
    private void takeBack(String session, String room, RoomTable.Seat seat) {
        if (table.takeBack(session, room, seat)) {
            bus.send(Addresses.ROOMS, new LeaveRoom(address, session, room));
        }
    }

    /** The same. */
    Future<Event> leave(Session session, String room) {
        return table.give(session.id(), room)
                ? request(new LeaveRoom(address, session.id(), room))
                : Future.failedFuture(NOT_MEMBER);
    }

    /** Behind what was said in this turn. */
    private Future<Event> request(Object record) {
        flush();
        return bus.request(Addresses.ROOMS, record, PATIENCE).mapEmpty();
    }

    Future<Event> look(Session session, Question.Look look) {
        List<String> asked = look.room() == null ? table.rooms(session.id()) : List.of(look.room());
        if (asked.isEmpty()) {
            return Future.succeededFuture(new Event.LookAnswer(Map.of(), Map.of()));
        }
        flush();
        return bus.<RoomNames>request(Addresses.ROOMS, new AskRooms(asked), PATIENCE)
                .map(RoomDesk::answer);
    }

    private static Event answer(RoomNames found) {
        Map<String, List<String>> rooms = new HashMap<>();
        Map<String, Integer> more = new HashMap<>();
        for (RoomNames.People people : found.rooms()) {
            rooms.put(people.room(), people.names());
            if (people.number() > people.names().size()) {
                more.put(people.room(), people.number() - people.names().size());
            }
        }
        return new Event.LookAnswer(rooms, more);
    }

    /** A session that has ended leaves its rooms. */
    void gone(Session session) {
        flush();
        table.giveAll(session.id())
                .forEach(room -> bus.send(Addresses.ROOMS, new LeaveRoom(address, session.id(), room)));
    }

    // From the rooms.

    void hear(RoomNews news) {
        news.items().forEach(this::hear);
    }

    private void hear(RoomNews.Item item) {
        if (item instanceof RoomNews.Said said) {
            tell(said.room(), said.session(), new Event.Heard(said.envelope()));
        } else if (item instanceof RoomNews.Broadcast broadcast) {
            Event heard = new Event.Heard(broadcast.envelope());
            for (Session session : sessions.all()) {
                if (!session.id().equals(broadcast.session())) {
                    session.hear(heard);
                }
            }
        } else if (item instanceof RoomNews.Entered entered) {
            Session session = sessions.find(entered.session());
            if (session != null) {
                table.letIn(entered.session(), entered.room(), session);
            }
            tell(entered.room(), null, new Event.Entered(entered.room(), entered.who()));
        } else if (item instanceof RoomNews.Left left) {
            tell(left.room(), null, new Event.Left(left.room(), left.who()));
            table.letOut(left.session(), left.room());
        }
    }

    /** @param but the session that does not hear it; null for none */
    private void tell(String room, String but, Event event) {
        Map<String, Session> listeners = table.listeners(room);
        Session speaker = but == null ? null : listeners.get(but);
        for (Session session : listeners.values()) {
            if (session != speaker) {
                session.hear(event);
            }
        }
    }
}
