package io.parley.delivery;

import static io.parley.delivery.LaneFixture.A;
import static io.parley.delivery.LaneFixture.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.Location;
import org.junit.jupiter.api.Test;

/** DESIGN section 8, Lanes, when the recipient moved: the old road is empty before the new one is used. */
class LaneChangingTest {

    private static final Location C = new Location("gateway.c", "C");

    private final LaneFixture fixture = LaneFixture.pushing();
    private final Lane lane = fixture.lane;

    @Test
    void aLaneChangesToAnotherSessionOnlyWhenNothingIsOutstandingOnTheOldOne() {
        movedToBWhileAHolds("m1");
        fixture.offer("m3");
        assertThat(fixture.happened()).isEmpty();

        fixture.stored("m1");
        assertThat(fixture.happened()).containsExactly("stored m1", "push m3 to B");
    }

    @Test
    void aLaneLocatesAgainOnlyWhenNothingIsOutstandingOnTheOldRoad() {
        fixture.offer("m1", "m2");
        fixture.taken("m1");
        fixture.refused("m2");
        fixture.offer("m3");
        fixture.appended("m2", null);
        assertThat(fixture.happened()).endsWith("stored m2", "limit the wait").doesNotContain("route m3");

        fixture.acked("m1");
        assertThat(fixture.happened()).containsExactly("delivered m1", "route m3");
    }

    @Test
    void whatFailsOnTheOldRoadIsAppendedBeforeTheNewOneIsUsed() {
        movedToBWhileAHolds("m1");
        fixture.offer("m3");

        fixture.refused("m1");
        assertThat(fixture.happened()).containsExactly("append m1");
        fixture.appended("m1", B);
        assertThat(fixture.happened()).containsExactly("stored m1", "nudge B", "push m3 to B");
    }

    @Test
    void whatFailsOnTheOldRoadWhileRedisIsDownDoesNotLeadBackToIt() {
        movedToBWhileAHolds("m1");
        fixture.offer("m3");

        fixture.refused("m1");
        fixture.notAppended("m1");
        assertThat(fixture.happened())
                .containsExactly("append m1", "refused m1 unavailable", "readmit B", "push m3 to B");
    }

    @Test
    void theLossOfTheOldSessionSaysNothingAgainstTheNewOne() {
        movedToBWhileAHolds("m1");
        fixture.offer("m3");

        fixture.lost("m1");
        fixture.notAppended("m1");
        assertThat(fixture.happened())
                .containsExactly("append m1", "refused m1 unavailable", "readmit B", "push m3 to B");
    }

    @Test
    void theWaitForTheOldRoadIsLimitedAndWhatIsLeftIsAppended() {
        movedToBWhileAHolds("m1");
        fixture.offer("m3");

        lane.leaveOldRoad();
        assertThat(fixture.happened()).containsExactly("append m1");
        fixture.appended("m1", B);
        assertThat(fixture.happened()).containsExactly("stored m1", "nudge B", "push m3 to B");

        fixture.acked("m1");
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void aLimitThatRunsOutAfterTheChangeChangesNothing() {
        movedToBWhileAHolds("m1");
        fixture.acked("m1");
        fixture.offer("m3");
        fixture.happened();

        lane.leaveOldRoad();
        fixture.offer("m4");
        assertThat(fixture.happened()).containsExactly("push m4 to B");
    }

    @Test
    void theLimitOfAnEarlierChangeDoesNotCutTheNextOneShort() {
        movedToBWhileAHolds("m1");
        fixture.acked("m1");
        fixture.offer("m3", "m4");
        fixture.taken("m3");
        fixture.refused("m4");
        fixture.appended("m4", C);
        assertThat(fixture.happened()).endsWith("nudge C", "limit the wait");

        lane.leaveOldRoad();
        assertThat(fixture.happened()).isEmpty();
        lane.leaveOldRoad();
        assertThat(fixture.happened()).containsExactly("append m3");
    }

    @Test
    void anAppendThatSeesTheOldSessionAgainLeadsBackToIt() {
        movedToBWhileAHolds("m1");
        fixture.offer("m3");

        fixture.refused("m1");
        fixture.appended("m1", A);
        assertThat(fixture.happened()).containsExactly("append m1", "stored m1", "nudge A", "push m3 to A");
    }

    @Test
    void anEmptyOldRoadIsLeftAtOnceAndNeedsNoLimit() {
        fixture.offer("m1");
        fixture.refused("m1");
        fixture.happened();

        fixture.appended("m1", B);
        assertThat(fixture.happened()).containsExactly("stored m1", "nudge B");
        fixture.offer("m2");
        assertThat(fixture.happened()).containsExactly("push m2 to B");
    }

    /**
     * The lane has been told that the recipient is at B, while A has taken {@code id} and not said what became of it.
     */
    private void movedToBWhileAHolds(String id) {
        fixture.offer(id, "m2");
        fixture.taken(id);
        fixture.refused("m2");
        fixture.appended("m2", B);
        assertThat(fixture.happened()).endsWith("append m2", "stored m2", "nudge B", "limit the wait");
    }
}
