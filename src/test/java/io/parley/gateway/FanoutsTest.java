package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bus.Addresses;
import io.parley.bus.AskMembers;
import io.parley.bus.Bus;
import io.parley.bus.LocalCodec;
import io.parley.bus.Submissions.Submission;
import io.parley.bus.TurnBatches;
import io.parley.config.LimitsConfig;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Identity;
import io.parley.protocol.Location;
import io.parley.protocol.MessageIds;
import io.parley.protocol.Refusal;
import io.parley.session.Effects;
import io.parley.session.Session;
import io.parley.testkit.Eventually;
import io.parley.testkit.TestNode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is handed over, when and in which order; the delivery shard is a list of batches. */
class FanoutsTest {

    private static final List<String> MEMBERS =
            IntStream.range(0, 5_000).mapToObj(i -> "m" + i).sorted().toList();
    private static final Identity ANN = new Identity("m0", "Ann", Set.of(), null, 0, 0, Identity.Standing.ACCOUNT);
    private static final int PACE = 256;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<List<Submission>> batches = new CopyOnWriteArrayList<>();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private final Session large = session("large");
    private final Session small = session("small");
    private Submitter submitter;
    private Fanouts fanouts;

    @BeforeEach
    void open() {
        LocalCodec.registerOn(vertx.eventBus());
        Bus bus = new Bus(vertx);
        bus.consume(Addresses.GROUPS, asked -> Bus.reply(asked, new AskMembers.Found(MEMBERS)));
        Stamp stamp = new Stamp(new MessageIds(Clock.systemUTC()), Clock.systemUTC(), 65_536);
        submitter = new Submitter(
                stamp,
                new Addresses("node", "boot", 1),
                new TurnBatches<>(context, (shard, items) -> batches.add(List.copyOf(items))));
        fanouts = new Fanouts(context, new GroupBook(bus), stamp, submitter);
    }

    @AfterEach
    void close() {
        TestNode.await(vertx.close());
    }

    private static Session session(String id) {
        Class<?>[] effectsOnly = {Effects.class};
        Effects effects = (Effects)
                Proxy.newProxyInstance(Effects.class.getClassLoader(), effectsOnly, (proxy, method, arguments) -> 0L);
        LimitsConfig limits = new LimitsConfig(65_536, 16, 16, 262_144, 1_024, 16);
        return new Session(new Location("gateway", id), null, effects, null, limits);
    }

    private void toGroup(String clientId) {
        fanouts.send(large, ANN, new Command.Group(clientId, List.of(), "g", "hi"), refusals::add);
    }

    private void single(Session session, String clientId, String to) {
        Command.Single single = new Command.Single(clientId, to, "hi");
        fanouts.behind(session, () -> submitter.submit(session.id(), ANN, single, refusals::add));
    }

    private long handed() {
        return batches.stream().mapToLong(List::size).sum();
    }

    @Test
    void aLargeGroupIsHandedOverInTurnsAndHoldsUpNobody() {
        context.runOnContext(start -> {
            toGroup("c1");
            // As soon as the large one has begun, and not before
            vertx.setPeriodic(1, timer -> {
                if (!batches.isEmpty()) {
                    vertx.cancelTimer(timer);
                    fanouts.send(small, ANN, new Command.Group("c2", List.of("x", "y"), null, "hi"), refusals::add);
                }
            });
        });
        Eventually.holds("all are handed over", () -> handed() == MEMBERS.size() - 1 + 2);
        assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(PACE));
        assertThat(batches.get(batches.size() - 1))
                .as("the small one was not the last")
                .noneMatch(FanoutsTest::isSmall);
        assertThat(batches.stream().flatMap(List::stream).map(Submission::chatTo))
                .doesNotHaveDuplicates()
                .doesNotContain("m0");
    }

    private static boolean isSmall(Submission submission) {
        return submission.session().equals("small");
    }

    @Test
    void whatFollowsWaitsUntilTheLastIsHandedOver() {
        context.runOnContext(start -> {
            toGroup("c1");
            assertThat(fanouts.isWaiting(large)).isTrue();
            assertThat(fanouts.isWaiting(small)).isFalse();
            single(large, "c2", "m1");
        });
        Eventually.holds("all are handed over", () -> handed() == MEMBERS.size());
        List<Submission> last = batches.get(batches.size() - 1);
        assertThat(last.get(last.size() - 1).clientId()).isEqualTo("c2");
        assertThat(batches.stream().flatMap(List::stream).filter(each -> each.chatTo()
                        .equals("m1")))
                .extracting(Submission::clientId)
                .containsExactly("c1", "c2");
        Eventually.holds("nobody waits any more", () -> !fanouts.isWaiting(large));
    }

    @Test
    void aSessionWithTooManyRecipientsOnTheWayIsRefusedMore() {
        context.runOnContext(start -> IntStream.range(0, 6).forEach(i -> toGroup("c" + i)));
        Eventually.holds("two are refused", () -> refusals.size() == 2);
        assertThat(refusals).extracting(Refusal::code).containsOnly(ErrorCode.TOO_MANY);
        Eventually.holds("the others are handed over", () -> handed() == 4 * (MEMBERS.size() - 1));
    }

    @Test
    void whatFitsIntoNoFrameIsRefused() {
        String text = "x".repeat(65_500);
        context.runOnContext(
                start -> fanouts.send(small, ANN, new Command.Group("c", List.of("x"), null, text), refusals::add));
        Eventually.holds("refused", () -> !refusals.isEmpty());
        assertThat(refusals).containsExactly(Stamp.TOO_LARGE);
        assertThat(batches).isEmpty();
    }
}
