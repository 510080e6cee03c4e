package io.parley.delivery;

import static io.parley.testkit.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bus.Parcel;
import io.parley.bus.Parcel.Nudge;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The window of one shard to one gateway of another node. */
class DestinationTest {

    private static final int MAX_PUSHES = 8;
    private static final long MAX_BYTES = 1_000;

    private final Destination destination = new Destination(MAX_PUSHES, MAX_BYTES);

    private void admit(int pushes, int size) {
        for (int i = 0; i < pushes; i++) {
            assertThat(destination.admits(size)).as("push %d", i).isTrue();
        }
    }

    private void answer(int pushes, int size) {
        for (int i = 0; i < pushes; i++) {
            destination.answered(size);
        }
    }

    @Test
    void itAdmitsSoManyPushesAndNotOneMore() {
        admit(MAX_PUSHES, 1);
        assertThat(destination.isShut()).isFalse();
        assertThat(destination.admits(1)).isFalse();
        assertThat(destination.isShut()).isTrue();
    }

    @Test
    void itAdmitsSoManyBytesAndNotOneMore() {
        admit(2, (int) MAX_BYTES / 2);
        assertThat(destination.admits(1)).isFalse();
    }

    @Test
    void whatIsLargerThanTheWindowIsRefusedAndTheWindowOpensAgain() {
        assertThat(destination.admits((int) MAX_BYTES + 1)).isFalse();
        assertThat(destination.admits(1)).as("something small, behind it").isFalse();
        destination.told();
        destination.told();
        destination.open();
        assertThat(destination.admits(1)).isTrue();
    }

    @Test
    void whatHasNotLeftTakesRoomAlthoughItIsAnswered() {
        admit(1, 400);
        destination.writing(400);
        destination.answered(400);
        assertThat(destination.admits(601)).isFalse();
        destination.told();
        destination.written(400);
        destination.open();
        assertThat(destination.admits(601)).isTrue();
    }

    @Test
    void itStaysShutUntilHalfOfThePushesAreAnswered() {
        admit(MAX_PUSHES, 1);
        assertThat(destination.admits(1)).isFalse();
        destination.told();
        answer(MAX_PUSHES / 2 - 1, 1);
        destination.open();
        assertThat(destination.isShut()).isTrue();
        assertThat(destination.admits(1)).isFalse();
        destination.told();
        destination.answered(1);
        assertThat(destination.isShut()).as("before it is asked to open").isTrue();
        destination.open();
        assertThat(destination.isShut()).isFalse();
    }

    @Test
    void itStaysShutUntilHalfOfTheBytesAreFree() {
        admit(2, 500);
        assertThat(destination.admits(1)).isFalse();
        destination.told();
        destination.answered(500);
        destination.writing(1);
        destination.open();
        assertThat(destination.isShut()).isTrue();
        destination.written(1);
        destination.open();
        assertThat(destination.isShut()).isFalse();
    }

    /** Otherwise a later message of that lane slips through, and overtakes the one that is going to be appended. */
    @Test
    void itStaysShutUntilEveryRefusalHasBeenTold() {
        admit(MAX_PUSHES, 1);
        assertThat(destination.admits(1)).isFalse();
        assertThat(destination.admits(1)).isFalse();
        answer(MAX_PUSHES, 1);
        destination.told();
        destination.open();
        assertThat(destination.admits(1)).as("a lane does not know yet").isFalse();
        destination.told();
        destination.told();
        destination.open();
        assertThat(destination.admits(1)).isTrue();
    }

    @Test
    void nudgesAreOwedOnceForEachSessionAndPaidInTheirOrderWhenItOpens() {
        admit(MAX_PUSHES, 1);
        destination.admits(1);
        destination.owe(new Nudge("a"));
        destination.owe(new Parcel.Readmit("b"));
        destination.owe(new Nudge("a"));
        assertThat(destination.open()).isEmpty();
        answer(MAX_PUSHES, 1);
        assertThat(destination.open()).isEmpty();
        destination.told();
        assertThat(destination.open()).containsExactly(new Nudge("a"), new Parcel.Readmit("b"));
        assertThat(destination.open()).isEmpty();
    }

    @Test
    void itIsInUseUntilNothingIsOutstanding() {
        assertThat(destination.isIdle()).isTrue();
        admit(1, 10);
        assertThat(destination.isIdle()).isFalse();
        destination.writing(10);
        destination.answered(10);
        assertThat(destination.isIdle()).isFalse();
        destination.written(10);
        assertThat(destination.isIdle()).isTrue();
        destination.admits((int) MAX_BYTES + 1);
        assertThat(destination.isIdle()).as("while it is shut").isFalse();
        destination.told();
        destination.open();
        assertThat(destination.isIdle()).isTrue();
    }

    @Test
    void whateverTheOrderNothingLeaksAndTheBoundHolds() {
        forAll(3_000, random -> new Run(random).play());
    }

    /** Everything that may happen to a window, in any order in which it can. */
    private static final class Run {
        private final Random random;
        private final Destination destination = new Destination(MAX_PUSHES, MAX_BYTES);
        private final List<Integer> unanswered = new ArrayList<>();
        private final List<Integer> unwritten = new ArrayList<>();
        private final Set<Parcel.Item> owed = new LinkedHashSet<>();
        private int untold;

        Run(Random random) {
            this.random = random;
        }

        void play() {
            for (int i = 0; i < 200; i++) {
                act();
            }
            while (!unanswered.isEmpty()) {
                destination.answered(unanswered.remove(random.nextInt(unanswered.size())));
            }
            while (!unwritten.isEmpty()) {
                destination.written(unwritten.remove(random.nextInt(unwritten.size())));
            }
            for (; untold > 0; untold--) {
                destination.told();
            }
            assertThat(destination.open()).containsExactlyElementsOf(owed);
            assertThat(destination.isIdle()).isTrue();
            assertThat(destination.admits((int) MAX_BYTES))
                    .as("all of it is free")
                    .isTrue();
        }

        private void act() {
            switch (random.nextInt(7)) {
                case 0, 1 -> push(1 + random.nextInt(random.nextInt(4) == 0 ? (int) MAX_BYTES : 100));
                case 2 -> {
                    if (!unanswered.isEmpty()) {
                        destination.answered(unanswered.remove(random.nextInt(unanswered.size())));
                    }
                }
                case 3 -> {
                    if (!unwritten.isEmpty()) {
                        destination.written(unwritten.remove(0));
                    }
                }
                case 4 -> {
                    if (untold > 0) {
                        untold--;
                        destination.told();
                    }
                }
                case 5 -> {
                    if (destination.isShut()) {
                        Nudge nudge = new Nudge("s" + random.nextInt(3));
                        destination.owe(nudge);
                        owed.add(nudge);
                    }
                }
                default -> open();
            }
        }

        private void push(int size) {
            boolean wasShut = destination.isShut();
            if (destination.admits(size)) {
                assertThat(wasShut || untold > 0).isFalse();
                unanswered.add(size);
                unwritten.add(size);
                destination.writing(size);
                assertThat(unanswered).hasSizeLessThanOrEqualTo(MAX_PUSHES);
                // The last one is counted again as it leaves.
                assertThat(bytes() - size).isLessThanOrEqualTo(MAX_BYTES);
            } else {
                assertThat(wasShut || unanswered.size() >= MAX_PUSHES || bytes() + size > MAX_BYTES)
                        .isTrue();
                untold++;
            }
        }

        private long bytes() {
            return unanswered.stream().mapToLong(size -> size).sum()
                    + unwritten.stream().mapToLong(size -> size).sum();
        }

        private void open() {
            boolean wasShut = destination.isShut();
            boolean mayOpen = untold == 0 && unanswered.size() <= MAX_PUSHES / 2 && bytes() <= MAX_BYTES / 2;
            List<Parcel.Item> paid = destination.open();
            assertThat(destination.isShut()).isEqualTo(wasShut && !mayOpen);
            if (wasShut && mayOpen) {
                assertThat(paid).containsExactlyElementsOf(owed);
                owed.clear();
            } else {
                assertThat(paid).isEmpty();
            }
        }
    }
}
