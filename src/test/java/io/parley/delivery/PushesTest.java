package io.parley.delivery;

import static io.parley.testkit.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bus.Answers.Answer;
import io.parley.bus.Answers.Verdict;
import io.parley.bus.Submissions.Submission;
import io.parley.protocol.Envelope;
import io.parley.protocol.Location;
import io.parley.protocol.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a push, it leaves its window once and its message gets one end. */
class PushesTest {

    private static final long FIRST_ANSWER = 100;
    private static final long LAST_ANSWER = 1_000;
    private static final Location X = new Location("gateway.x-1.0", "on x");
    private static final Location Y = new Location("gateway.y-1.0", "on y");

    private final Pushes pushes = new Pushes(FIRST_ANSWER, LAST_ANSWER, 0);
    private final Map<String, Destination> windows =
            Map.of(X.gateway(), new Destination(1_000, 1_000_000), Y.gateway(), new Destination(1_000, 1_000_000));
    private final Ends ends = new Ends();

    private Lane laneTo(Location location) {
        Lane lane = new Lane("bob", 1_000, ends);
        offer(lane, "first");
        lane.routedTo(location);
        return lane;
    }

    private static void offer(Lane lane, String id) {
        lane.offer(new Letter("gateway.sender", new Submission("s", id, lane.userId(), new Envelope(id, "{}"))));
    }

    private void answer(long number, Verdict... verdicts) {
        for (Verdict verdict : verdicts) {
            pushes.answered(new Answer(number, verdict, null));
        }
    }

    private boolean isFree(Location location) {
        return windows.get(location.gateway()).isIdle();
    }

    @Test
    void theFirstAnswerFreesTheWindowWhateverItIs() {
        for (Verdict verdict : Verdict.values()) {
            laneTo(X);
            assertThat(isFree(X)).isFalse();
            answer(ends.lastNumber, verdict);
            assertThat(isFree(X)).as("after %s", verdict).isTrue();
        }
    }

    @Test
    void laterAnswersFreeItNoSecondTime() {
        laneTo(X);
        long first = ends.lastNumber;
        laneTo(X);
        answer(first, Verdict.TAKEN, Verdict.TAKEN, Verdict.ACKED, Verdict.STORED, Verdict.NOT_HERE);
        pushes.lost(List.of(first));
        pushes.tick(FIRST_ANSWER + 1_000_000);
        assertThat(isFree(X)).as("the second push has run out of time too").isTrue();
        assertThat(pushes.isEmpty()).isTrue();
    }

    @Test
    void silenceFreesItAndTheMessageIsAppended() {
        laneTo(X);
        pushes.tick(FIRST_ANSWER - 1);
        assertThat(isFree(X)).isFalse();
        assertThat(ends.of("first")).isEmpty();
        pushes.tick(FIRST_ANSWER);
        assertThat(isFree(X)).isTrue();
        assertThat(ends.of("first")).containsExactly("stored");
        answer(ends.lastNumber, Verdict.TAKEN, Verdict.ACKED);
        assertThat(isFree(X)).isTrue();
        assertThat(ends.of("first")).as("the answer that came too late").containsExactly("stored");
    }

    @Test
    void aTakenPushIsAppendedWhenItsLastAnswerDoesNotCome() {
        laneTo(X);
        answer(ends.lastNumber, Verdict.TAKEN);
        pushes.tick(LAST_ANSWER - 1);
        assertThat(ends.of("first")).isEmpty();
        pushes.tick(LAST_ANSWER);
        assertThat(ends.of("first")).containsExactly("stored");
        assertThat(pushes.isEmpty()).isTrue();
    }

    @Test
    void aWriteThatFailedIsAppendedAtOnceAlthoughItMayHaveArrived() {
        laneTo(X);
        pushes.lost(List.of(ends.lastNumber));
        assertThat(isFree(X)).isTrue();
        assertThat(ends.of("first")).containsExactly("stored");
        answer(ends.lastNumber, Verdict.TAKEN, Verdict.ACKED);
        assertThat(isFree(X)).isTrue();
        assertThat(ends.of("first")).containsExactly("stored");
    }

    @Test
    void aNodeThatLeavesTakesOnlyItsOwnPushesWithIt() {
        laneTo(X);
        long onX = ends.lastNumber;
        Lane lane = laneTo(Y);
        offer(lane, "second");
        answer(onX, Verdict.TAKEN);
        pushes.left("x-1");
        assertThat(ends.of("first")).containsExactly("stored");
        assertThat(isFree(Y)).isFalse();
        assertThat(ends.of("second")).isEmpty();
        pushes.left("y-1");
        assertThat(isFree(X)).isTrue();
        assertThat(isFree(Y)).isTrue();
        assertThat(ends.of("second")).containsExactly("stored");
        assertThat(pushes.isEmpty()).isTrue();
    }

    @Test
    void anotherRunOfANodeIsAnotherNode() {
        laneTo(X);
        pushes.left("x");
        pushes.left("x-2");
        pushes.left("");
        assertThat(pushes.isEmpty()).isFalse();
    }

    /** Answers in any order, twice or never, lost writes, nodes that leave, and time. */
    @Test
    void whateverTheOrderEachPushLeavesItsWindowOnceAndItsMessageGetsOneEnd() {
        forAll(2_000, random -> new PushesTest().play(random));
    }

    private void play(Random random) {
        List<Lane> lanes = List.of(laneTo(X), laneTo(X), laneTo(Y));
        int sent = 0;
        long now = 0;
        for (int i = 0; i < 120; i++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> offer(lanes.get(random.nextInt(3)), "m" + sent++);
                case 3, 4, 5, 6 ->
                    answer(
                            1 + random.nextLong(ends.lastNumber),
                            Verdict.values()[random.nextInt(Verdict.values().length)]);
                case 7 ->
                    pushes.lost(random.longs(random.nextInt(4), 1, ends.lastNumber + 1)
                            .boxed()
                            .toList());
                case 8 -> {
                    if (random.nextInt(5) == 0) {
                        pushes.left(random.nextBoolean() ? "x-1" : "y-1");
                    }
                }
                default -> pushes.tick(now += random.nextInt(300));
            }
        }
        for (int i = 0; i < 100; i++) {
            pushes.tick(now += LAST_ANSWER);
        }
        assertThat(pushes.isEmpty()).isTrue();
        assertThat(isFree(X)).isTrue();
        assertThat(isFree(Y)).isTrue();
        for (int i = 0; i < sent; i++) {
            assertThat(ends.of("m" + i)).as("ends of m%d", i).hasSize(1);
        }
    }

    /** Pushes into the windows, and has every append answered at once by a mailbox that sees the same session. */
    private final class Ends implements Roads {

        private final Map<String, List<String>> ends = new HashMap<>();
        private final Map<Lane, Location> seen = new HashMap<>();
        private long lastNumber;

        List<String> of(String id) {
            return ends.getOrDefault(id, List.of());
        }

        @Override
        public void route(Lane lane, Letter letter) {
            if (seen.containsKey(lane)) {
                lane.routedTo(seen.get(lane));
            }
        }

        @Override
        public void push(Lane lane, Location location, Letter letter) {
            seen.put(lane, location);
            Destination window = windows.get(location.gateway());
            assertThat(window.admits(10)).isTrue();
            letter.number = pushes.add(lane, location.gateway(), window, 10);
            lastNumber = letter.number;
        }

        @Override
        public void append(Lane lane, Letter letter) {
            lane.appended(letter, seen.get(lane));
        }

        @Override
        public void nudge(Location location) {}

        @Override
        public void readmit(Location location) {}

        @Override
        public void limitWaitForOldRoad(Lane lane) {}

        @Override
        public void forward(String userId, Letter letter) {}

        @Override
        public void delivered(Letter letter) {
            end(letter, "delivered");
        }

        @Override
        public void stored(Letter letter) {
            end(letter, "stored");
        }

        @Override
        public void refused(Letter letter, Refusal why) {
            end(letter, "refused");
        }

        private void end(Letter letter, String how) {
            ends.computeIfAbsent(letter.envelope().id(), id -> new ArrayList<>())
                    .add(how);
        }
    }
}
