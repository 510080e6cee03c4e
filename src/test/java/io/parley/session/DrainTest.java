package io.parley.session;

import static io.parley.session.SessionFixture.REDIS_IS_DOWN;
import static io.parley.session.SessionFixture.fullPage;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** DESIGN section 6, Drain: what waits in the mailbox reaches the client, in order and as far as there is room. */
class DrainTest {

    private final SessionFixture fixture = SessionFixture.draining();
    private final Session session = fixture.session;

    @Test
    void whatWaitedIsReplayedInOrderAndRemovedWhenItIsAcked() {
        fixture.mailboxHolds("m1", "m2", "m3");
        assertThat(fixture.happened()).containsExactly("replay 1 m1", "replay 2 m2", "replay 3 m3");

        fixture.ack(2);
        assertThat(fixture.happened()).containsExactly("remove [m1, m2]");
    }

    @Test
    void whatWasOnlyPushedIsNotRemovedFromTheMailbox() {
        fixture.mailboxHolds("m1");
        fixture.push("shard", "m2");
        fixture.happened();

        fixture.ack(2);
        assertThat(fixture.happened()).containsExactly("acked shard#1", "remove [m1]");
    }

    @Test
    void aFullPageIsFollowedByTheNextOneUntilAShortOne() {
        fixture.wire.takesAtOnce = true;
        fixture.mailboxHolds(fullPage());
        assertThat(fixture.happened()).endsWith("read after m063");

        fixture.mailboxHolds("m064");
        assertThat(fixture.happened()).containsExactly("replay 65 m064", "remove [m064]");
    }

    @Test
    void aNudgeDuringAPassMeansOneMorePassFromTheStart() {
        session.nudge("shard");
        session.nudge("another");
        assertThat(fixture.happened()).isEmpty();

        fixture.mailboxHolds();
        assertThat(fixture.happened()).containsExactly("read from the start");
        fixture.push("shard", "m9");
        assertThat(fixture.happened()).containsExactly("refused shard#1");

        fixture.mailboxHolds();
        fixture.push("another", "m9");
        assertThat(fixture.happened()).containsExactly("taken another#2", "deliver 1 m9");
    }

    @Test
    void aFullWindowPausesTheDrainAndAnAckStartsANewPass() {
        fixture.mailboxHolds("m1", "m2", "m3", "m4", "m5");
        assertThat(fixture.happened()).containsExactly("replay 1 m1", "replay 2 m2", "replay 3 m3", "replay 4 m4");

        fixture.ack(3);
        assertThat(fixture.happened()).containsExactly("remove [m1, m2, m3]", "read from the start");
        fixture.mailboxHolds("m4", "m5");
        assertThat(fixture.happened()).containsExactly("replay 5 m5");
    }

    @Test
    void anAckWhileThePageIsOnItsWayMakesRoomForThatPage() {
        fixture.mailboxHolds("m1", "m2", "m3", "m4");
        session.nudge("shard");
        fixture.ack(4);
        fixture.happened();

        fixture.mailboxHolds("m5");
        assertThat(fixture.happened()).containsExactly("replay 5 m5");
    }

    @Test
    void theGateStaysShutWhileTheDrainIsPaused() {
        fixture.mailboxHolds("m1", "m2", "m3", "m4", "m5");
        fixture.ack(1);
        fixture.happened();

        fixture.push("shard", "m6");
        assertThat(fixture.happened()).containsExactly("refused shard#1");
    }

    @Test
    void aNudgeWhileTheDrainIsPausedWaitsForTheNextPass() {
        fixture.mailboxHolds("m1", "m2", "m3", "m4", "m5");
        fixture.happened();

        session.nudge("shard");
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void aSlowClientPausesTheDrainUntilItHasCaughtUp() {
        fixture.wire.afterDelivery = session::congested;
        fixture.mailboxHolds("m1", "m2");
        assertThat(fixture.happened()).containsExactly("replay 1 m1", "pause reading");

        fixture.wire.afterDelivery = () -> {};
        session.caughtUp();
        assertThat(fixture.happened()).containsExactly("read from the start", "resume reading");
        fixture.mailboxHolds("m1", "m2");
        assertThat(fixture.happened()).containsExactly("replay 2 m2");
    }

    @Test
    void acksOfASlowClientDoNotResumeTheDrainBeforeItHasCaughtUp() {
        fixture.wire.afterDelivery = session::congested;
        fixture.mailboxHolds("m1", "m2");
        fixture.happened();

        fixture.ack(1);
        assertThat(fixture.happened()).containsExactly("remove [m1]");
        session.caughtUp();
        assertThat(fixture.happened()).startsWith("read from the start");
    }

    @Test
    void aMessageThatIsInFlightIsNotWrittenAgainButRemovedWhenItIsAcked() {
        fixture.mailboxHolds();
        fixture.push("shard", "m1");
        session.nudge("shard");
        fixture.happened();

        fixture.mailboxHolds("m1", "m2");
        assertThat(fixture.happened()).containsExactly("replay 2 m2");

        fixture.ack(1);
        assertThat(fixture.happened()).containsExactly("acked shard#1", "remove [m1]");
    }

    @Test
    void aMessageThatWasAckedIsNotWrittenAgainButRemoved() {
        fixture.mailboxHolds();
        fixture.push("shard", "m1");
        fixture.ack(1);
        session.nudge("shard");
        fixture.happened();

        fixture.mailboxHolds("m1");
        assertThat(fixture.happened()).containsExactly("remove [m1]");
    }

    @Test
    void aMessageWhosePushArrivesAfterItWasReplayedIsNotWrittenAgain() {
        fixture.mailboxHolds("m1", "m2");
        fixture.ack(1);
        fixture.effects.removals.remove().answer(null);
        fixture.happened();

        fixture.push("shard", "m1");
        assertThat(fixture.happened()).containsExactly("taken shard#1", "acked shard#1");
    }

    @Test
    void aMessageThatAwaitsRemovalIsNotWrittenAgainHoweverLongAgoItWasAcked() {
        fixture.mailboxHolds("m1");
        fixture.ack(1);
        for (int i = 2; i < 20; i++) {
            fixture.push("shard", "m%02d".formatted(i));
            fixture.ack(i);
        }
        session.nudge("shard");
        fixture.happened();

        fixture.mailboxHolds("m1");
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void ofTheAckedOnesThatAreNotInTheMailboxOnlyTheLastAreRemembered() {
        fixture.mailboxHolds();
        for (int i = 1; i <= SessionFixture.WINDOW + 1; i++) {
            fixture.push("shard", "m" + i);
            fixture.ack(i);
        }
        session.nudge("shard");
        fixture.happened();

        fixture.mailboxHolds("m1", "m2");
        assertThat(fixture.happened()).containsExactly("replay 6 m1", "remove [m2]");
    }

    @Test
    void aFailedRemovalIsRetriedWithBackOff() {
        fixture.mailboxHolds("m1");
        fixture.ack(1);
        fixture.happened();

        fixture.effects.removals.remove().refuse(REDIS_IS_DOWN);
        assertThat(fixture.happened()).containsExactly("later 100 ms");
        fixture.effects.timers.remove().run();
        assertThat(fixture.happened()).containsExactly("remove [m1]");
        fixture.effects.removals.remove().refuse(REDIS_IS_DOWN);
        assertThat(fixture.happened()).containsExactly("later 200 ms");
    }

    @Test
    void aRemovalThatIsBeingRetriedIsNotStartedOnceMoreByEveryPass() {
        fixture.mailboxHolds("m1");
        fixture.ack(1);
        fixture.effects.removals.remove().refuse(REDIS_IS_DOWN);
        session.nudge("shard");
        fixture.happened();

        fixture.mailboxHolds("m1");
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void aFailedReadIsRetriedWithBackOffAndTheGateStaysShut() {
        fixture.effects.reads.remove().refuse(REDIS_IS_DOWN);
        assertThat(fixture.happened()).containsExactly("later 100 ms");

        session.nudge("another");
        fixture.push("shard", "m1");
        assertThat(fixture.happened()).containsExactly("refused shard#1");

        fixture.effects.timers.remove().run();
        fixture.effects.reads.remove().refuse(REDIS_IS_DOWN);
        assertThat(fixture.happened()).containsExactly("read from the start", "later 200 ms");

        fixture.effects.timers.remove().run();
        fixture.mailboxHolds("m1");
        assertThat(fixture.happened()).containsExactly("read from the start", "replay 1 m1");
    }

    @Test
    void theBackOffEndsAtFiveSeconds() {
        for (int i = 0; i < 10; i++) {
            fixture.effects.reads.remove().refuse(REDIS_IS_DOWN);
            fixture.effects.timers.remove().run();
        }

        assertThat(fixture.happened())
                .contains("later 3200 ms", "later 5000 ms")
                .doesNotContain("later 6400 ms");
    }

    @Test
    void theHeartbeatFindsWhatALostNudgeLeftBehind() {
        fixture.mailboxHolds("m1");
        fixture.happened();

        session.refreshed(1);
        assertThat(fixture.happened()).isEmpty();
        session.refreshed(2);
        assertThat(fixture.happened()).containsExactly("read from the start");
    }

    @Test
    void whatAwaitsRemovalIsNoReasonForAnotherPass() {
        fixture.mailboxHolds("m1");
        fixture.ack(1);
        fixture.happened();

        session.refreshed(1);
        assertThat(fixture.happened()).isEmpty();

        fixture.effects.removals.remove().answer(null);
        session.refreshed(1);
        assertThat(fixture.happened()).containsExactly("read from the start");
    }

    @Test
    void aPageThatArrivesAfterTheEndIsNotWritten() {
        session.disconnected();
        fixture.happened();

        fixture.mailboxHolds("m1");
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void aDrainOfASessionThatHasEndedReadsNoMore() {
        fixture.effects.reads.remove().refuse(REDIS_IS_DOWN);
        session.disconnected();
        fixture.happened();

        fixture.effects.timers.remove().run();
        session.nudge("shard");
        session.refreshed(9);
        session.restored();
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void aPausedDrainIsNotRevivedByTheSocketOfASessionThatHasEnded() {
        fixture.wire.afterDelivery = session::congested;
        fixture.mailboxHolds("m1", "m2");
        session.disconnected();
        fixture.happened();

        session.caughtUp();
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void aRemovalThatFailsAfterTheEndIsLeftToTheNextSession() {
        fixture.mailboxHolds("m1");
        fixture.ack(1);
        session.disconnected();
        fixture.happened();

        fixture.effects.removals.remove().refuse(REDIS_IS_DOWN);
        assertThat(fixture.happened()).isEmpty();
    }
}
