package io.parley.delivery;

import static io.parley.delivery.LaneFixture.A;
import static io.parley.delivery.LaneFixture.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.NoMailbox;
import io.parley.protocol.Refusal;
import org.junit.jupiter.api.Test;

/** The lane to a guest: nothing is appended, whatever happens, and what gets through is in order all the same. */
class LaneGuestTest {

    private final LaneFixture fixture = LaneFixture.pushingTo(Owner.GUEST);

    @Test
    void whatAGuestTakesIsDelivered() {
        fixture.offer("m1");
        fixture.taken("m1");
        fixture.acked("m1");

        assertThat(fixture.happened()).containsExactly("push m1 to A", "delivered m1");
    }

    @Test
    void aGuestWhoIsNotThereIsUnknownAndTheNextLetterIsRouted() {
        fixture.offer("m1");
        fixture.lost("m1");
        assertThat(fixture.happened()).containsExactly("push m1 to A", "refused m1 unknown_user");

        fixture.offer("m2");
        assertThat(fixture.happened()).containsExactly("route m2");
    }

    @Test
    void aGuestWhoLeavesWithItInFlightIsUnknownAndTheNextLetterIsRouted() {
        fixture.offer("m1");
        fixture.taken("m1");
        fixture.failed("m1", NoMailbox.LEFT);
        fixture.offer("m2");

        assertThat(fixture.happened()).containsExactly("push m1 to A", "refused m1 unknown_user", "route m2");
    }

    @Test
    void aFullWindowIsTooManyAndTheSessionTakesPushesAgain() {
        fixture.offer("m0", "m1");
        fixture.taken("m0");
        fixture.failed("m1", NoMailbox.BUSY);
        fixture.offer("m2");

        assertThat(fixture.happened())
                .containsExactly("push m0 to A", "push m1 to A", "refused m1 too_many", "readmit A", "push m2 to A");
    }

    @Test
    void aRefusalWithoutAReasonIsTooManyToo() {
        fixture.offer("m0", "m1");
        fixture.taken("m0");
        fixture.refused("m1");

        assertThat(fixture.happened()).endsWith("refused m1 too_many", "readmit A");
    }

    /** A refusal may mean that the id is an account's by now, whose gate was shut. */
    @Test
    void whoseTheIdIsIsAskedAgainAfterARefusalWhenNothingIsInFlight() {
        fixture.offer("m1");
        fixture.refused("m1");
        fixture.offer("m2");
        assertThat(fixture.happened()).containsExactly("push m1 to A", "refused m1 too_many", "readmit A", "route m2");

        fixture.lane.routedTo(A, Owner.ACCOUNT);
        fixture.refused("m2");
        assertThat(fixture.happened()).containsExactly("push m2 to A", "append m2");
    }

    @Test
    void nothingNewIsPushedBeforeEveryPushHasAnAnswer() {
        fixture.offer("m1", "m2", "m3");
        fixture.failed("m1", NoMailbox.BUSY);
        fixture.offer("m4");
        fixture.taken("m2");
        assertThat(fixture.happened()).containsExactly("push m1 to A", "push m2 to A", "push m3 to A");

        fixture.failed("m3", NoMailbox.BUSY);
        assertThat(fixture.happened())
                .containsExactly("refused m1 too_many", "refused m3 too_many", "readmit A", "push m4 to A");
    }

    /** Otherwise the next letter overtakes, at a newer session, what the older one has and may still deliver. */
    @Test
    void theNextLetterIsNotRoutedBeforeTheOldSessionHasAnsweredForAll() {
        fixture.offer("m1", "m2");
        fixture.taken("m1");
        fixture.lost("m2");
        fixture.offer("m3");
        assertThat(fixture.happened())
                .containsExactly("push m1 to A", "push m2 to A", "refused m2 unknown_user", "limit the wait");

        fixture.acked("m1");
        assertThat(fixture.happened()).containsExactly("delivered m1", "route m3");
        fixture.lane.routedTo(B, Owner.GUEST);
        assertThat(fixture.happened()).containsExactly("push m3 to B");
    }

    @Test
    void whatTheOldSessionNeverAnswersForIsRefusedAfterAWhile() {
        fixture.offer("m1", "m2");
        fixture.taken("m1");
        fixture.lost("m2");
        fixture.offer("m3");
        fixture.happened();

        fixture.lane.leaveOldRoad();
        assertThat(fixture.happened()).containsExactly("refused m1 unknown_user", "route m3");
    }

    @Test
    void theLaneOfAGuestIsAnAccountsWhenTheIdBecameOne() {
        fixture.offer("m1");
        fixture.lost("m1");
        fixture.offer("m2");
        fixture.happened();

        fixture.lane.routedToMailbox();
        assertThat(fixture.happened()).containsExactly("stored m2");
    }

    @Test
    void whatAGuestsSessionRefusesOfAnAccountIsStored() {
        LaneFixture account = LaneFixture.pushingTo(Owner.ACCOUNT);
        account.offer("m1");
        account.failed("m1", NoMailbox.BUSY);
        account.offer("m2");
        assertThat(account.happened()).containsExactly("push m1 to A", "append m1");

        account.appended("m1", A);
        account.failed("m2", NoMailbox.LEFT);
        assertThat(account.happened()).containsExactly("stored m1", "nudge A", "push m2 to A", "append m2");
    }

    @Test
    void whileNobodyCanTellASessionThatSaysItIsAGuestsIsBelieved() {
        LaneFixture unsure = LaneFixture.pushingTo(Owner.UNSURE);
        unsure.offer("m1", "m2");
        unsure.taken("m2");
        unsure.failed("m1", NoMailbox.BUSY);
        assertThat(unsure.happened())
                .containsExactly("push m1 to A", "push m2 to A", "refused m1 too_many", "readmit A");

        unsure.failed("m2", NoMailbox.LEFT);
        unsure.offer("m3");
        assertThat(unsure.happened()).containsExactly("refused m2 unknown_user", "route m3");
    }

    /** As before there were guests: whoever is connected while MySQL is down has an account. */
    @Test
    void whileNobodyCanTellAnythingElseIsAnAccounts() {
        LaneFixture unsure = LaneFixture.pushingTo(Owner.UNSURE);
        unsure.offer("m1", "m2");
        unsure.refused("m1");
        unsure.failed("m2", new Refusal(ErrorCode.UNAVAILABLE, "redis is down"));

        assertThat(unsure.happened()).endsWith("append m1", "append m2");
    }
}
