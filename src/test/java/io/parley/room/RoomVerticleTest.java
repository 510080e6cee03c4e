package io.parley.room;

import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.bus.Addresses;
import io.parley.bus.AskRooms;
import io.parley.bus.Bus;
import io.parley.bus.ClusterBus;
import io.parley.bus.EnterRoom;
import io.parley.bus.LocalCodec;
import io.parley.bus.Members;
import io.parley.bus.NodeLeft;
import io.parley.bus.Outcomes;
import io.parley.bus.RoomNames;
import io.parley.bus.RoomNews;
import io.parley.bus.RoomsHere;
import io.parley.bus.Speeches;
import io.parley.bus.Speeches.Speech;
import io.parley.metrics.Metrics;
import io.parley.protocol.Envelope;
import io.parley.protocol.Person;
import io.parley.protocol.Receipt;
import io.parley.testkit.Eventually;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rooms of a node, between a gateway and another node that both do what the test says. */
class RoomVerticleTest {

    private static final int MAX_PEOPLE = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Person ANN = new Person("1", "Ann");
    private static final Envelope HELLO = new Envelope("01J", "{}");

    private final Vertx vertx = Vertx.vertx();
    private final Addresses here = new Addresses("here", "0000abcd", 1);
    private final Addresses other = new Addresses("other", "0000abcd", 1);
    private final String gateway = here.gateway(0);
    private final Metrics metrics = new Metrics();
    private final Queue<RoomNews.Item> news = new ConcurrentLinkedQueue<>();
    private final Queue<Outcomes.Outcome> receipts = new ConcurrentLinkedQueue<>();
    private final Queue<Object> elsewhere = new ConcurrentLinkedQueue<>();
    private final Queue<Message<Object>> held = new ConcurrentLinkedQueue<>();
    private volatile boolean slow;
    private Bus bus;
    private ClusterBus fromOther;

    /** Both nodes are on one bus; the other one's address is reached as if it were in the cluster. */
    private static final class Both implements Members {
        private final String other;

        Both(Addresses other) {
            this.other = other.self();
        }

        @Override
        public boolean reach(String address) {
            return true;
        }

        @Override
        public Set<String> others() {
            return Set.of(other);
        }
    }

    @BeforeEach
    void open() {
        LocalCodec.registerOn(vertx.eventBus());
        bus = new Bus(vertx);
        fromOther = new ClusterBus(vertx, other, new Both(here));
        await(bus.consume(gateway, this::gatewayHears).completion());
        await(vertx.deployVerticle(new RoomVerticle(here, new Both(other), metrics.rooms(), MAX_PEOPLE)));
    }

    @AfterEach
    void close() {
        await(vertx.close());
        metrics.close();
    }

    private void gatewayHears(Message<Object> message) {
        if (message.body() instanceof RoomNews heard) {
            news.addAll(heard.items());
            if (slow) {
                held.add(message);
            } else {
                Bus.reply(message, heard);
            }
        } else if (message.body() instanceof Outcomes outcomes) {
            receipts.addAll(outcomes.items());
        }
    }

    private void otherListens() {
        await(fromOther.consume(Addresses.rooms(other.self()), received -> {
            Object record = received.record();
            if (record instanceof RoomNews told) {
                elsewhere.addAll(told.items());
            } else {
                elsewhere.add(record);
            }
        }));
    }

    private Future<Object> enter(String room, String session) {
        return bus.request(Addresses.ROOMS, new EnterRoom(gateway, session, room, ANN), PATIENCE);
    }

    private void say(String room, String session) {
        bus.send(Addresses.ROOMS, new Speeches(gateway, List.of(new Speech(session, "c1", room, HELLO))));
    }

    private RoomNames look(String... rooms) {
        return await(bus.request(Addresses.ROOMS, new AskRooms(List.of(rooms)), PATIENCE));
    }

    private void fromOther(RoomNews.Item... items) {
        await(fromOther.send(Addresses.rooms(here.self()), new RoomNews(other.self(), List.of(items))));
    }

    @Test
    void whoSpeaksIsAnsweredWhenTheGatewaysHaveTakenIt() {
        await(enter("r", "s1"));
        slow = true;
        say("r", "s1");
        Eventually.holds("the gateway has it", () -> held.size() == 1);
        look("r");
        assertThat(receipts).isEmpty();
        Bus.reply(held.remove(), HELLO);
        Eventually.holds("it is answered", () -> !receipts.isEmpty());
        assertThat(receipts).containsExactly(new Outcomes.Outcome("s1", Receipt.sent("c1", "01J"), null));
    }

    @Test
    void whoEntersIsAnsweredWhenTheGatewaysHaveTakenIt() {
        slow = true;
        Future<Object> entered = enter("r", "s1");
        Eventually.holds("the gateway has it", () -> held.size() == 1);
        look("r");
        assertThat(entered.isComplete()).isFalse();
        Bus.reply(held.remove(), HELLO);
        await(entered);
        assertThat(news).containsExactly(new RoomNews.Entered("r", "s1", ANN));
    }

    /** The gateway let it speak, as it had asked to enter. */
    @Test
    void aFullRoomTakesNobodyAndWhoIsNotInDoesNotSpeak() {
        IntStream.range(0, MAX_PEOPLE).forEach(i -> await(enter("r", "s" + i)));
        assertThatThrownBy(() -> await(enter("r", "late"))).hasMessageContaining("at most 3 people");
        news.clear();
        say("r", "late");
        Eventually.holds("it is answered", () -> !receipts.isEmpty());
        assertThat(receipts.remove().receipt().error().code().code()).isEqualTo("not_member");
        assertThat(news).isEmpty();
    }

    @Test
    void anotherNodeHearsOfARoomWhileItHasPeopleThere() {
        otherListens();
        await(enter("r", "s1"));
        fromOther(new RoomNews.Opened("r"));
        look("r");
        say("r", "s1");
        RoomNews.Item said = new RoomNews.Said("r", "s1", HELLO);
        Eventually.holds("the other node hears", () -> elsewhere.contains(said));
        assertThat(elsewhere).contains(new RoomNews.Opened("r")).doesNotContain(new RoomNews.Entered("r", "s1", ANN));
        elsewhere.clear();
        fromOther(new RoomNews.Closed("r"));
        look("r");
        say("r", "s1");
        bus.send(Addresses.ROOMS, new Speeches(gateway, List.of(new Speech("s1", "c2", null, HELLO))));
        Eventually.holds("it hears what is for all", () -> elsewhere.contains(new RoomNews.Broadcast("s1", HELLO)));
        assertThat(elsewhere).doesNotContain(said);
    }

    @Test
    void aNodeThatHasLeftHearsNothingAndIsNotAsked() {
        otherListens();
        await(enter("r", "s1"));
        fromOther(new RoomNews.Opened("r"));
        look("r");
        bus.send(Addresses.ROOMS, new NodeLeft(other.self()));
        look("r");
        elsewhere.clear();
        look("r");
        say("r", "s1");
        Eventually.holds("it is answered", () -> !receipts.isEmpty());
        assertThat(elsewhere).noneMatch(AskRooms.class::isInstance).noneMatch(RoomNews.Said.class::isInstance);
    }

    /** A node whose rooms open later than it joins; and more rooms than one part of a list holds. */
    @Test
    void whoComesIsToldAllRoomsAsSoonAsItListens() {
        int rooms = 10_001;
        await(Future.all(
                IntStream.range(0, rooms).mapToObj(i -> enter("r" + i, "s1")).toList()));
        otherListens();
        Eventually.holds("it has the list", () -> elsewhere.stream()
                .anyMatch(each -> each instanceof RoomsHere part && part.last()));
        List<RoomsHere> parts = elsewhere.stream()
                .filter(RoomsHere.class::isInstance)
                .map(RoomsHere.class::cast)
                .toList();
        assertThat(parts).extracting(RoomsHere::first).containsExactly(true, false);
        assertThat(parts.stream().flatMap(part -> part.rooms().stream()))
                .hasSize(rooms)
                .doesNotHaveDuplicates();
    }

    /** Its list says so: what it told before may have been lost. */
    @Test
    void aListFromAnotherNodeMendsWhatIsKnownOfIt() {
        otherListens();
        await(enter("r", "s1"));
        await(fromOther.send(
                Addresses.rooms(here.self()), new RoomsHere(other.self(), true, true, List.of("r", "other"))));
        look("nowhere");
        say("r", "s1");
        Eventually.holds("the other node hears", () -> elsewhere.contains(new RoomNews.Said("r", "s1", HELLO)));
    }

    /** What other nodes say has no back-pressure: the node's own gateways must not pay for it with its memory. */
    @Test
    void whatOthersSayIsDroppedWhileTheGatewaysAreFarBehind() {
        await(enter("r", "s1"));
        slow = true;
        Envelope large = new Envelope("01J", "x".repeat(1 << 20));
        List<RoomNews.Item> all = new ArrayList<>();
        Stream.generate(() -> new RoomNews.Said("r", "far", large)).limit(4).forEach(all::add);
        for (int i = 0; i < 12; i++) {
            fromOther(all.toArray(RoomNews.Item[]::new));
            look("r");
        }
        assertThat(news).hasSizeBetween(32, 40);
        double dropped = metrics.scrape()
                .lines()
                .filter(line -> line.startsWith("parley_rooms_dropped_total{reason=\"not_taken\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
        assertThat(news.size() - 1 + dropped).isEqualTo(48);
        slow = false;
        held.forEach(message -> Bus.reply(message, HELLO));
        Eventually.holds("it hears again", () -> {
            news.clear();
            fromOther(new RoomNews.Said("r", "far", HELLO));
            look("r");
            return !news.isEmpty();
        });
    }
}
