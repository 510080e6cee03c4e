package io.parley.delivery;

import static io.parley.delivery.LaneFixture.A;
import static io.parley.delivery.LaneFixture.B;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** DESIGN section 8, Lanes, after a push failed: settle, append in order, look, nudge, and only then go on. */
class LaneSettlingTest {

    private final LaneFixture fixture = LaneFixture.pushing();
    private final Lane lane = fixture.lane;

    @Test
    void nothingNewIsPushedWhileALaneSettles() {
        fixture.offer("m1", "m2");
        fixture.refused("m1");
        fixture.happened();

        fixture.offer("m3");
        assertThat(fixture.happened()).isEmpty();

        fixture.refused("m2");
        fixture.offer("m4");
        assertThat(fixture.happened()).containsExactly("append m1", "append m2");
    }

    @Test
    void everyPushIsAwaitedBeforeWhatFailedIsAppended() {
        fixture.offer("m1", "m2", "m3");
        fixture.refused("m1");
        fixture.taken("m3");
        assertThat(fixture.happened()).doesNotContain("append m1");

        fixture.lost("m2");
        assertThat(fixture.happened()).containsExactly("append m1", "append m2");
    }

    @Test
    void whatFailedIsAppendedInOrderThenOneNudge() {
        fixture.offer("m1", "m2", "m3");
        fixture.refused("m3", "m1", "m2");
        fixture.offer("m4");
        assertThat(fixture.happened()).endsWith("append m1", "append m2", "append m3");

        fixture.appended("m1", A);
        fixture.appended("m2", A);
        assertThat(fixture.happened()).containsExactly("stored m1", "stored m2");
        fixture.appended("m3", A);
        assertThat(fixture.happened()).containsExactly("stored m3", "nudge A", "push m4 to A");
    }

    @Test
    void whatWasTakenIsNotAppended() {
        fixture.offer("m1", "m2");
        fixture.taken("m1");
        fixture.refused("m2");
        assertThat(fixture.happened()).endsWith("append m2").doesNotContain("append m1");

        fixture.appended("m2", A);
        fixture.happened();
        fixture.acked("m1");
        assertThat(fixture.happened()).containsExactly("delivered m1");
    }

    @Test
    void anAckThatComesWhileTheLaneSettlesSparesTheAppend() {
        fixture.offer("m1", "m2");
        fixture.lost("m1");
        fixture.happened();

        fixture.acked("m1");
        fixture.taken("m2");
        assertThat(fixture.happened()).contains("delivered m1").doesNotContain("append m1");
    }

    @Test
    void takenAfterTheTimeOutDoesNotSpareTheAppend() {
        fixture.offer("m1", "m2");
        fixture.lost("m1");
        fixture.taken("m1");
        fixture.happened();

        fixture.taken("m2");
        assertThat(fixture.happened()).containsExactly("append m1");
    }

    @Test
    void anAnswerThatComesAfterTheAppendIsTooLate() {
        fixture.offer("m1");
        fixture.lost("m1");
        fixture.happened();

        fixture.acked("m1");
        fixture.taken("m1");
        assertThat(fixture.happened()).isEmpty();
        fixture.appended("m1", A);
        assertThat(fixture.happened()).containsExactly("stored m1", "nudge A");
    }

    @Test
    void whatAClosingSessionCouldNotStoreIsTriedOnceMore() {
        fixture.offer("m1");
        fixture.taken("m1");
        fixture.happened();

        fixture.refused("m1");
        assertThat(fixture.happened()).containsExactly("append m1");
        fixture.notAppended("m1");
        assertThat(fixture.happened()).startsWith("refused m1 unavailable");
    }

    @Test
    void whatFailsDuringTheAppendsIsAppendedToo() {
        fixture.offer("m1", "m2");
        fixture.taken("m2");
        fixture.refused("m1");
        fixture.happened();

        fixture.lost("m2");
        assertThat(fixture.happened()).isEmpty();
        fixture.appended("m1", A);
        assertThat(fixture.happened()).containsExactly("stored m1", "append m2");
        fixture.appended("m2", A);
        assertThat(fixture.happened()).containsExactly("stored m2", "nudge A");
    }

    @Test
    void aSessionThatRefusedTakesPushesAgainWhenNothingCouldBeAppended() {
        fixture.offer("m1");
        fixture.refused("m1");
        fixture.offer("m2");
        fixture.happened();

        fixture.notAppended("m1");
        assertThat(fixture.happened()).containsExactly("refused m1 unavailable", "readmit A", "push m2 to A");
    }

    @Test
    void aSessionThatMayBeGoneIsNotTrustedWhenRedisCannotBeAsked() {
        fixture.offer("m1");
        fixture.lost("m1");
        fixture.offer("m2");
        fixture.happened();

        fixture.notAppended("m1");
        assertThat(fixture.happened()).containsExactly("refused m1 unavailable", "route m2");
    }

    @Test
    void whatAnEarlierSettlingFoundOutIsForgotten() {
        fixture.offer("m1");
        fixture.lost("m1");
        fixture.appended("m1", A);
        fixture.offer("m2");
        fixture.refused("m2");
        fixture.offer("m3");
        fixture.happened();
        fixture.notAppended("m2");
        assertThat(fixture.happened()).containsExactly("refused m2 unavailable", "readmit A", "push m3 to A");

        fixture.lost("m3");
        fixture.offer("m4");
        fixture.happened();
        fixture.notAppended("m3");
        assertThat(fixture.happened()).containsExactly("refused m3 unavailable", "route m4");
    }

    @Test
    void aMailboxThatIsFullIsARefusalAndTheSessionIsNudged() {
        fixture.offer("m1");
        fixture.refused("m1");
        fixture.happened();

        fixture.mailboxFull("m1", A);
        assertThat(fixture.happened()).containsExactly("refused m1 mailbox_full", "nudge A");
    }

    @Test
    void theSessionThatTheLastAppendSawIsNudgedAndPushedTo() {
        fixture.offer("m1", "m2");
        fixture.refused("m1", "m2");
        fixture.offer("m3");
        fixture.happened();

        fixture.appended("m1", A);
        fixture.appended("m2", B);
        assertThat(fixture.happened()).containsExactly("stored m1", "stored m2", "nudge B", "push m3 to B");
    }

    @Test
    void whenTheLastAppendSawNobodyTheNextLetterIsRouted() {
        fixture.offer("m1", "m2");
        fixture.refused("m1", "m2");
        fixture.offer("m3");
        fixture.happened();

        fixture.appended("m1", A);
        fixture.appended("m2", null);
        assertThat(fixture.happened()).containsExactly("stored m1", "stored m2", "route m3");
    }

    @Test
    void appendsThatAreAnsweredInsideTheCallAreTakenUpInTurn() {
        fixture.roads.appendedAtOnce = B;
        fixture.offer("m1", "m2");
        fixture.refused("m1", "m2");
        fixture.offer("m3");

        assertThat(fixture.happened())
                .containsExactly(
                        "push m1 to A",
                        "push m2 to A",
                        "append m1",
                        "stored m1",
                        "append m2",
                        "stored m2",
                        "nudge B",
                        "push m3 to B");
        assertThat(lane.isIdle()).isFalse();
    }
}
