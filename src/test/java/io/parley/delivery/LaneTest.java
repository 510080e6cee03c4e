package io.parley.delivery;

import static io.parley.delivery.LaneFixture.A;
import static io.parley.delivery.LaneFixture.REDIS_IS_DOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** DESIGN section 8, Lanes, while nothing fails: locating, pushing, first in first out, bounded. */
class LaneTest {

    private final LaneFixture fixture = new LaneFixture();
    private final Lane lane = fixture.lane;

    @Test
    void oneRouteIsOutstandingAndLaterLettersWait() {
        fixture.offer("m1", "m2");
        assertThat(fixture.happened()).containsExactly("route m1");

        lane.routedToMailbox();
        assertThat(fixture.happened()).containsExactly("stored m1", "route m2");
    }

    @Test
    void whatWaitedIsPushedInOrderOnceTheSessionIsKnown() {
        fixture.offer("m1", "m2");
        fixture.happened();

        lane.routedTo(A);
        fixture.offer("m3");
        assertThat(fixture.happened()).containsExactly("push m1 to A", "push m2 to A", "push m3 to A");
    }

    @Test
    void deliveredIsSaidOnlyAfterTheAck() {
        LaneFixture pushing = LaneFixture.pushing();
        pushing.offer("m1");
        pushing.taken("m1");
        assertThat(pushing.happened()).containsExactly("push m1 to A");

        pushing.acked("m1");
        assertThat(pushing.happened()).containsExactly("delivered m1");
    }

    @Test
    void whatAClosingSessionStoredIsSaidToBeStored() {
        LaneFixture pushing = LaneFixture.pushing();
        pushing.offer("m1");
        pushing.taken("m1");
        pushing.happened();

        pushing.stored("m1");
        assertThat(pushing.happened()).containsExactly("stored m1");
        assertThat(pushing.lane.isIdle()).isTrue();
    }

    @Test
    void anAnswerThatComesTwiceCountsOnce() {
        LaneFixture pushing = LaneFixture.pushing();
        pushing.offer("m1", "m2");
        pushing.taken("m1", "m1");
        pushing.acked("m1");
        pushing.acked("m1");
        pushing.taken("m1");
        assertThat(pushing.happened()).containsExactly("push m1 to A", "push m2 to A", "delivered m1");

        pushing.refused("m1");
        pushing.offer("m3");
        assertThat(pushing.happened()).containsExactly("push m3 to A");
    }

    @Test
    void aFullMailboxIsARefusalAndTheNextLetterIsTried() {
        fixture.offer("m1", "m2");
        fixture.happened();

        lane.routedToFullMailbox();
        assertThat(fixture.happened()).containsExactly("refused m1 mailbox_full", "route m2");
    }

    @Test
    void aRouteThatFailsIsARefusalAndTheNextLetterIsTried() {
        fixture.offer("m1", "m2");
        fixture.happened();

        lane.notRouted(REDIS_IS_DOWN);
        assertThat(fixture.happened()).containsExactly("refused m1 unavailable", "route m2");
    }

    @Test
    void aRecipientSpeltOtherwiseIsForwardedInOrder() {
        fixture.offer("m1", "m2");
        lane.routedElsewhere("Bob");
        lane.routedElsewhere("Bob");

        assertThat(fixture.happened())
                .containsExactly("route m1", "forward m1 to Bob", "route m2", "forward m2 to Bob");
        assertThat(lane.isIdle()).isTrue();
    }

    @Test
    void whatWaitsInALaneIsBounded() {
        fixture.offer(
                IntStream.range(0, LaneFixture.DEPTH).mapToObj(i -> "m" + i).toArray(String[]::new));
        fixture.happened();

        fixture.offer("over");
        assertThat(fixture.happened()).containsExactly("refused over too_many");
        lane.routedToMailbox();
        fixture.happened();
        fixture.offer("again");
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void whatIsPushedAndWhatIsBeingAppendedCountTowardsTheBound() {
        LaneFixture pushing = LaneFixture.pushing();
        for (int i = 1; i <= LaneFixture.DEPTH; i++) {
            pushing.offer("m" + i);
        }
        pushing.happened();
        pushing.offer("over");
        assertThat(pushing.happened()).containsExactly("refused over too_many");

        for (int i = 1; i <= LaneFixture.DEPTH; i++) {
            pushing.refused("m" + i);
        }
        pushing.happened();
        pushing.offer("over");
        assertThat(pushing.happened()).containsExactly("refused over too_many");
    }

    @Test
    void aLaneIsIdleOnlyWhenNothingIsInIt() {
        assertThat(lane.isIdle()).isTrue();
        fixture.offer("m1");
        assertThat(lane.isIdle()).isFalse();
        lane.routedTo(A);
        assertThat(lane.isIdle()).isFalse();
        fixture.refused("m1");
        assertThat(lane.isIdle()).isFalse();
        fixture.appended("m1", A);
        assertThat(lane.isIdle()).isTrue();
    }

    @Test
    void aRoadThatThrowsDoesNotStopTheLaneForEver() {
        fixture.roads.broken = new IllegalStateException("a bug");
        assertThatThrownBy(() -> fixture.offer("m1")).hasMessage("a bug");
        fixture.happened();

        lane.notRouted(REDIS_IS_DOWN);
        fixture.offer("m2");
        assertThat(fixture.happened()).containsExactly("refused m1 unavailable", "route m2");
    }
}
