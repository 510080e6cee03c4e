package io.parley.room;

import io.parley.bus.Addresses;
import io.parley.bus.AskRooms;
import io.parley.bus.Bus;
import io.parley.bus.ClusterBus;
import io.parley.bus.EnterRoom;
import io.parley.bus.LeaveRoom;
import io.parley.bus.Members;
import io.parley.bus.NodeLeft;
import io.parley.bus.Outcomes;
import io.parley.bus.Outcomes.Outcome;
import io.parley.bus.Received;
import io.parley.bus.RoomNames;
import io.parley.bus.RoomNews;
import io.parley.bus.RoomNews.Item;
import io.parley.bus.RoomsHere;
import io.parley.bus.Speeches;
import io.parley.bus.Speeches.Speech;
import io.parley.bus.TurnBatches;
import io.parley.metrics.Level;
import io.parley.metrics.RoomMeters;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Person;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.List;

/**
 * All rooms of one node, and what is said to everybody. What its people do comes here from the gateways, goes to the
 * gateways of those who are concerned, and to those other nodes that have said that they have people in the room.
 *
 * <p>There is one instance, so that everybody hears what one person does in the order in which it was done.
 */
public final class RoomVerticle extends VerticleBase {

    /** Of one node in one room. Chosen: a turn of the loop can still tell all of them. */
    static final int MAX_PEOPLE = 10_000;

    /** What other nodes say is dropped while the gateways are so far behind. */
    private static final long MAX_UNTAKEN_BYTES = 32 << 20;

    private static final Refusal NOT_MEMBER = new Refusal(ErrorCode.NOT_MEMBER, "this session is not in the room");

    private final Addresses addresses;
    private final Members members;
    private final RoomMeters meters;
    private final Level.Share open;
    private final Level.Share people;
    private final Refusal full;
    private final Rooms rooms;
    private Bus bus;
    private Gateways gateways;
    private Neighbourhood others;
    private TurnBatches<Outcome> receipts;

    public RoomVerticle(Addresses addresses, Members members, RoomMeters meters) {
        this(addresses, members, meters, MAX_PEOPLE);
    }

    /** @param maxPeople of this node in one room */
    RoomVerticle(Addresses addresses, Members members, RoomMeters meters, int maxPeople) {
        this.rooms = new Rooms(maxPeople);
        this.full = new Refusal(ErrorCode.TOO_MANY, "a room has at most " + maxPeople + " people on one node");
        this.addresses = addresses;
        this.members = members;
        this.meters = meters;
        this.open = meters.rooms().share();
        this.people = meters.people().share();
    }

    @Override
    public Future<?> start() {
        bus = new Bus(vertx);
        ClusterBus cluster = new ClusterBus(vertx, addresses, members);
        gateways = new Gateways(bus, addresses.self(), context);
        others = new Neighbourhood(cluster, members, new OtherNodes(cluster, addresses, context, meters));
        receipts = new TurnBatches<>(context, (gateway, items) -> bus.send(gateway, new Outcomes(items)));
        vertx.setPeriodic(1_000, timer -> tick());
        return Future.all(
                bus.consume(Addresses.ROOMS, this::consume).completion(),
                cluster.consume(Addresses.rooms(addresses.self()), this::hear));
    }

    /** From the gateways of this node. */
    private void consume(Message<Object> message) {
        Object body = message.body();
        if (body instanceof Speeches speeches) {
            speeches.items().forEach(speech -> speak(speeches.gateway(), speech));
        } else if (body instanceof EnterRoom enter) {
            enter(message, enter);
        } else if (body instanceof LeaveRoom leave) {
            leave(message, leave);
        } else if (body instanceof AskRooms ask) {
            look(ask).onSuccess(names -> Bus.reply(message, names));
        } else if (body instanceof NodeLeft left) {
            others.left(left.node());
        } else {
            throw new IllegalArgumentException("not for rooms: " + body.getClass());
        }
    }

    private void enter(Message<Object> message, EnterRoom enter) {
        String room = enter.room();
        switch (rooms.enter(room, enter.gateway(), enter.session(), enter.who())) {
            case FULL -> Bus.reply(message, full);
            case ALREADY -> Bus.reply(message, enter);
            case FIRST -> {
                others.tellEverybody(new RoomNews.Opened(room));
                tell(room, new RoomNews.Entered(room, enter.session(), enter.who()));
                gateways.afterwards(() -> Bus.reply(message, enter));
            }
            case ENTERED -> {
                tell(room, new RoomNews.Entered(room, enter.session(), enter.who()));
                gateways.afterwards(() -> Bus.reply(message, enter));
            }
        }
    }

    private void leave(Message<Object> message, LeaveRoom leave) {
        String room = leave.room();
        // Before it leaves, so that its own gateway is told too.
        List<String> concerned = List.copyOf(rooms.gateways(room));
        Person who = rooms.leave(room, leave.gateway(), leave.session());
        if (who == null) {
            Bus.reply(message, NOT_MEMBER);
            return;
        }
        Item left = new RoomNews.Left(room, leave.session(), who);
        gateways.tell(concerned, left);
        others.tell(room, left);
        if (!rooms.isOpen(room)) {
            others.tellEverybody(new RoomNews.Closed(room));
        }
        gateways.afterwards(() -> Bus.reply(message, leave));
    }

    /** The gateway has checked that the session asked to enter; whether it was let in is known here. */
    private void speak(String gateway, Speech speech) {
        String room = speech.room();
        if (room == null) {
            Item said = new RoomNews.Broadcast(speech.session(), speech.envelope());
            gateways.tell(addresses.gateways(), said);
            others.tellEverybody(said);
        } else if (rooms.has(room, gateway, speech.session())) {
            tell(room, new RoomNews.Said(room, speech.session(), speech.envelope()));
        } else {
            String id = speech.envelope().id();
            receipts.add(
                    gateway, new Outcome(speech.session(), Receipt.refused(speech.clientId(), id, NOT_MEMBER), null));
            return;
        }
        Receipt sent = Receipt.sent(speech.clientId(), speech.envelope().id());
        gateways.afterwards(() -> receipts.add(gateway, new Outcome(speech.session(), sent, null)));
    }

    private void tell(String room, Item item) {
        gateways.tell(rooms.gateways(room), item);
        others.tell(room, item);
    }

    /** From another node. */
    private void hear(Received received) {
        Object body = received.record();
        if (body instanceof RoomNews news) {
            news.items().forEach(item -> hear(news.node(), item));
        } else if (body instanceof RoomsHere here) {
            others.note(here);
        } else if (body instanceof AskRooms ask) {
            received.reply(own(ask));
        } else {
            throw new IllegalArgumentException("not for rooms: " + body.getClass());
        }
    }

    private void hear(String node, Item item) {
        if (others.noted(node, item)) {
            return;
        }
        if (gateways.untaken() > MAX_UNTAKEN_BYTES) {
            meters.notTaken(1);
        } else if (item instanceof RoomNews.Broadcast) {
            gateways.tell(addresses.gateways(), item);
        } else if (item instanceof RoomNews.Said said) {
            gateways.tell(rooms.gateways(said.room()), item);
        } else if (item instanceof RoomNews.Entered entered) {
            gateways.tell(rooms.gateways(entered.room()), item);
        } else if (item instanceof RoomNews.Left left) {
            gateways.tell(rooms.gateways(left.room()), item);
        }
    }

    private RoomNames own(AskRooms ask) {
        return new RoomNames(rooms.look(ask.rooms(), Look.MAX_NAMES));
    }

    private Future<RoomNames> look(AskRooms ask) {
        return others.look(ask).map(answers -> {
            answers.add(own(ask));
            return Look.together(ask.rooms(), answers);
        });
    }

    private void tick() {
        open.set(rooms.open().size());
        people.set(rooms.people());
        others.tick(rooms.open());
    }
}
