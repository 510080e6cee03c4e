package io.parley.client;

import static io.parley.testkit.FakeNode.await;
import static io.parley.testkit.FakeNode.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.client.ClientOptions.Patience;
import io.parley.codec.json.MessageJson;
import io.parley.protocol.Audience;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.GroupInfo;
import io.parley.protocol.Message;
import io.parley.protocol.Person;
import io.parley.protocol.Question;
import io.parley.protocol.Receipt;
import io.parley.protocol.Receipt.Status;
import io.parley.protocol.Refusal;
import io.parley.testkit.Eventually;
import io.parley.testkit.FakeNode;
import io.parley.testkit.TestCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoomsAndGroupsTest {

    private static final Person ME = new Person("10001", "张三");
    private static final Person LI = new Person("10002", "李四");
    private static final Refusal NO = new Refusal(ErrorCode.FORBIDDEN, "no");

    private static Vertx vertx;
    private static TestCertificate certificate;

    private final FakeNode node = new FakeNode(vertx, certificate);
    private final List<Message> shown = new CopyOnWriteArrayList<>();
    private final BlockingQueue<RoomNews> news = new LinkedBlockingQueue<>();
    private ParleyClient client;
    private FakeNode.Peer peer;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        certificate = TestCertificate.of("ip:127.0.0.1");
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    @BeforeEach
    void connect() throws Exception {
        Patience quick = new Patience(
                true, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(9), Duration.ofSeconds(9), 50);
        client = new ParleyClient(
                        vertx,
                        ClientOptions.of("127.0.0.1", node.port(), "10001")
                                .trusting(certificate.authority())
                                .withPassword("secret")
                                .with(quick))
                .onMessage(incoming -> shown.add(incoming.message()))
                .onRoom(news::add);
        Future<Event.Verified> connected = client.connect();
        peer = node.acceptVerified();
        await(connected);
    }

    @AfterEach
    void close() {
        await(client.close());
        node.close();
    }

    @Test
    void eachTargetHasItsCommand() throws Exception {
        client.send(List.of("10002", "10003"), "a");
        client.sendToGroup("g1", "b");
        client.broadcast("c");
        client.say("lobby", "d");
        assertThat(peer.next()).isInstanceOfSatisfying(Command.Group.class, each -> assertThat(each)
                .isEqualTo(new Command.Group(each.clientId(), List.of("10002", "10003"), null, "a")));
        assertThat(peer.next()).isInstanceOfSatisfying(Command.Group.class, each -> assertThat(each)
                .isEqualTo(new Command.Group(each.clientId(), List.of(), "g1", "b")));
        assertThat(peer.next()).isInstanceOfSatisfying(Command.Broadcast.class, each -> assertThat(each.content())
                .isEqualTo("c"));
        assertThat(peer.next()).isInstanceOfSatisfying(Command.Say.class, each -> assertThat(each)
                .isEqualTo(new Command.Say(each.clientId(), "lobby", "d")));
    }

    @Test
    void aReceiptTellsWhatBecameOfItForEachAndIsAskedForAgainAfterAReconnect() throws Exception {
        Future<Receipt> toTwo = client.send(List.of("10002", "10003"), "a");
        Future<Receipt> toAll = client.broadcast("b");
        Object first = peer.next();
        Object second = peer.next();
        peer.close();
        peer = node.acceptVerified();
        assertThat(peer.next()).isEqualTo(first);
        assertThat(peer.next()).isEqualTo(second);
        Map<String, Status> results = Map.of("10002", Status.DELIVERED, "10003", Status.STORED);
        Receipt receipt = Receipt.stored(((Command.Send) first).clientId(), "m1", "accepted")
                .with(new Receipt.Spread(results, Map.of(), Map.of(Status.DELIVERED, 1, Status.STORED, 1)));
        peer.send(
                new Event.Receipted(receipt),
                new Event.Receipted(Receipt.sent(((Command.Send) second).clientId(), "m2")));
        assertThat(await(toTwo).spread().results()).isEqualTo(results);
        assertThat(await(toAll).status()).isEqualTo(Status.SENT);
    }

    @Test
    void whatNoNodeTakesIsRefusedHere() {
        String large = "x".repeat(65_536);
        for (Future<Receipt> refused : List.of(
                client.send(Collections.nCopies(500, "字".repeat(64)), "a"),
                client.sendToGroup("g", large),
                client.broadcast(large),
                client.say("lobby", large))) {
            assertRefused(refused, ErrorCode.FRAME_TOO_LARGE);
        }
        List<String> many = Collections.nCopies(500, "字".repeat(64));
        assertRefused(client.createGroup("name", many), ErrorCode.FRAME_TOO_LARGE);
        assertRefused(client.changeGroup("g", many, List.of()), ErrorCode.FRAME_TOO_LARGE);
        assertRefused(client.join("two words"), ErrorCode.BAD_CONTENT);
        assertRefused(client.leave("x".repeat(70_000)), ErrorCode.BAD_CONTENT);
        assertThat(peer.heardNothing()).isTrue();
    }

    @Test
    void allKindsOfMessagesAreShownOnceAndOnlyDeliveriesAreAcknowledged() throws Exception {
        peer.send(
                new Event.Delivery(1, false, MessageJson.envelope(message("g", Audience.group("g1")))),
                heard("b", Audience.EVERYBODY),
                heard("r", Audience.room("lobby")),
                heard("b", Audience.EVERYBODY),
                heard("g", Audience.room("lobby")));
        assertThat(peer.next()).isEqualTo(new Command.Ack(1));
        Eventually.holds("shown", () -> shown.size() == 3);
        assertThat(shown)
                .extracting(Message::audience)
                .containsExactly(Audience.group("g1"), Audience.EVERYBODY, Audience.room("lobby"));
        assertThat(await(client.repeats())).isEqualTo(2);
        peer.send(heard("c", Audience.EVERYBODY), delivery(2, "d"));
        assertThat(peer.next()).isEqualTo(new Command.Ack(2));
    }

    @Test
    void aHandlerThatFailsOnWhatIsSaidCostsNeitherTheConnectionNorAnAcknowledgement() throws Exception {
        client.onMessage(incoming -> {
            if (incoming.message().audience().kind() == Audience.Kind.ROOM) {
                throw new IllegalStateException("disk full");
            }
        });
        peer.send(heard("r", Audience.room("lobby")), delivery(1, "a"));
        assertThat(peer.next()).isEqualTo(new Command.Ack(1));
    }

    @Test
    void roomsAreEnteredAgainAfterAReconnectUnlessTheyWereLeft() throws Exception {
        enter("lobby");
        enter("cafe");
        enter("left");
        Future<Void> left = client.leave("left");
        assertThat(peer.next()).isEqualTo(new Question.Leave("left"));
        peer.send(new Event.Left("left", ME));
        await(left);
        peer.close();
        peer = node.acceptVerified();
        assertThat(peer.next()).isEqualTo(new Question.Join("lobby"));
        peer.send(new Event.Entered("lobby", ME));
        assertThat(peer.next()).isEqualTo(new Question.Join("cafe"));
        peer.send(new Event.Failed(NO, Question.Join.ID, null));
        RoomNews lost = news.poll(FakeNode.PATIENCE_SECONDS, TimeUnit.SECONDS);
        while (!(lost instanceof RoomNews.Lost)) {
            lost = news.poll(FakeNode.PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(lost).isEqualTo(new RoomNews.Lost("cafe", NO));
        peer.close();
        peer = node.acceptVerified();
        assertThat(peer.next()).isEqualTo(new Question.Join("lobby"));
        Future<Event.LookAnswer> look = client.look(null);
        assertThat(peer.next()).isEqualTo(new Question.Look(null));
        peer.send(new Event.LookAnswer(Map.of("lobby", List.of("张三")), Map.of()));
        assertThat(await(look).rooms()).containsKey("lobby");
    }

    @Test
    void whatIsSaidWaitsUntilItsRoomIsEntered() throws Exception {
        client.join("a");
        client.join("b");
        client.say("b", "hello");
        assertThat(peer.next()).isEqualTo(new Question.Join("a"));
        peer.send(new Event.Failed(NO, Question.Join.ID, null));
        assertThat(peer.next()).isEqualTo(new Question.Join("b"));
        peer.send(new Event.Entered("b", ME));
        Object said = peer.next();
        assertThat(said).isInstanceOf(Command.Say.class);
        peer.close();
        peer = node.acceptVerified();
        assertThat(peer.next()).isEqualTo(new Question.Join("b"));
        peer.send(new Event.Entered("b", ME));
        assertThat(peer.next()).isEqualTo(said);
    }

    @Test
    void whoEntersAndLeavesIsToldAndOthersAnswerNobodysQuestion() throws Exception {
        Future<Void> joined = client.join("lobby");
        peer.next();
        peer.send(new Event.Entered("lobby", LI), new Event.Entered("other", ME));
        assertThat(next()).isEqualTo(new RoomNews.Entered("lobby", LI, false));
        assertThat(next()).isEqualTo(new RoomNews.Entered("other", ME, true));
        assertThat(joined.isComplete()).isFalse();
        peer.send(new Event.Entered("lobby", ME), new Event.Left("lobby", LI));
        await(joined);
        assertThat(next()).isEqualTo(new RoomNews.Entered("lobby", ME, true));
        assertThat(next()).isEqualTo(new RoomNews.Left("lobby", LI, false));
    }

    /** A node may tell of the end of the session before only after this one has entered. */
    @Test
    void aLateLeavingOfAnEarlierSessionTakesNobodyOutOfTheRoom() throws Exception {
        enter("lobby");
        peer.send(new Event.Left("lobby", ME));
        peer.close();
        peer = node.acceptVerified();
        assertThat(peer.next()).isEqualTo(new Question.Join("lobby"));
    }

    @Test
    void aRefusalToLeaveIsToldAndALostConnectionIsAWayToLeave() throws Exception {
        Future<Void> stranger = client.leave("elsewhere");
        peer.next();
        peer.send(new Event.Failed(new Refusal(ErrorCode.NOT_MEMBER, "not there"), Question.Leave.ID, null));
        assertRefused(stranger, ErrorCode.NOT_MEMBER);
        enter("lobby");
        Future<Void> left = client.leave("lobby");
        peer.next();
        peer.close();
        await(left);
        peer = node.acceptVerified();
        client.send("10002", "after what is entered again");
        assertThat(peer.next()).isInstanceOf(Command.Single.class);
    }

    @Test
    void noMoreRoomsAreEnteredThanANodeAllows() throws Exception {
        for (int i = 0; i < Rooms.MOST; i++) {
            enter("room" + i);
        }
        assertRefused(client.join("one-more"), ErrorCode.TOO_MANY);
        client.join("room0");
        assertThat(peer.next()).isEqualTo(new Question.Join("room0"));
    }

    @Test
    void groupsAreMadeChangedAndListed() throws Exception {
        Future<String> made = client.createGroup("Friday football", List.of("10002"));
        Question.GroupCreate create = (Question.GroupCreate) peer.next();
        assertThat(create).isEqualTo(new Question.GroupCreate(create.clientId(), "Friday football", List.of("10002")));
        Future<Void> changed = client.changeGroup("g1", List.of("10003"), List.of("10002"));
        assertThat(peer.next()).isEqualTo(new Question.GroupChange("g1", List.of("10003"), List.of("10002")));
        Future<List<GroupInfo>> listed = client.groups();
        assertThat(peer.next()).isEqualTo(new Question.GroupList());
        List<GroupInfo> groups = List.of(new GroupInfo("g1", "Friday football", "10001", 2));
        peer.send(
                new Event.GroupCreated(create.clientId(), "g1"),
                new Event.GroupChanged("g1"),
                new Event.GroupsAnswer(groups));
        assertThat(await(made)).isEqualTo("g1");
        await(changed);
        assertThat(await(listed)).isEqualTo(groups);
    }

    @Test
    void anErrorAnswersTheQuestionOfItsCommand() throws Exception {
        Future<String> made = client.createGroup("x", List.of("10002"));
        Future<Void> changed = client.changeGroup("g1", List.of("10003"), List.of());
        Future<List<GroupInfo>> listed = client.groups();
        Future<Event.LookAnswer> looked = client.look("lobby");
        String clientId = ((Question.GroupCreate) peer.next()).clientId();
        peer.send(
                new Event.Failed(NO, Question.GroupList.ID, null),
                new Event.Failed(NO, Question.GroupChange.ID, null),
                new Event.Failed(NO, Question.Look.ID, null),
                new Event.Failed(NO, Question.GroupCreate.ID, clientId));
        assertRefused(made, ErrorCode.FORBIDDEN);
        assertRefused(changed, ErrorCode.FORBIDDEN);
        assertRefused(listed, ErrorCode.FORBIDDEN);
        assertRefused(looked, ErrorCode.FORBIDDEN);
    }

    @Test
    void onlyTheMakingOfAGroupOutlivesItsConnection() throws Exception {
        Future<String> made = client.createGroup("x", List.of("10002"));
        Future<Void> changed = client.changeGroup("g1", List.of("10003"), List.of());
        Object create = peer.next();
        peer.next();
        peer.close();
        assertThatThrownBy(() -> await(changed)).isInstanceOf(LinkFailure.class);
        peer = node.acceptVerified();
        assertThat(peer.next()).isEqualTo(create);
        await(client.close());
        assertThatThrownBy(() -> await(made)).isInstanceOf(LinkFailure.class);
        assertThatThrownBy(() -> await(client.createGroup("y", List.of("10002"))))
                .isInstanceOf(LinkFailure.class);
    }

    @Test
    void moreQuestionsThanTheBoundAreRefused() {
        for (int i = 0; i < Asking.CAPACITY; i++) {
            client.look("lobby");
        }
        assertRefused(client.look("lobby"), ErrorCode.TOO_MANY);
    }

    private void enter(String room) throws Exception {
        Future<Void> joined = client.join(room);
        assertThat(peer.next()).isEqualTo(new Question.Join(room));
        peer.send(new Event.Entered(room, ME));
        await(joined);
    }

    private RoomNews next() throws InterruptedException {
        return news.poll(FakeNode.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Message message(String clientId, Audience audience) {
        return new Message("m", clientId, "10002", "李四", "text", 1_700_000_000_000L, audience);
    }

    private static Event heard(String clientId, Audience audience) {
        return new Event.Heard(MessageJson.envelope(message(clientId, audience)));
    }

    private static void assertRefused(Future<?> future, ErrorCode code) {
        assertThatThrownBy(() -> await(future))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
