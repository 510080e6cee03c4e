package io.parley.session;

import static io.parley.session.SessionFixture.OTHER;
import static io.parley.session.SessionFixture.REDIS_IS_DOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.ByeReason;
import io.parley.protocol.Location;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** DESIGN section 6, the cases of refresh: what the heartbeat finds out about the session's location. */
class RefreshTest {

    private final SessionFixture fixture = SessionFixture.open();
    private final Session session = fixture.session;

    @Test
    void aLocationThatIsStillMineCostsNothingMore() {
        session.refreshed(0);

        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void aLocationThatWasAbsentMeansThatTheMailboxMustBeDrained() {
        session.restored();

        assertThat(fixture.happened()).containsExactly("read from the start");
    }

    @Test
    void aSessionWhoseLocationIsALivingOnesHasLost() {
        session.overtaken(OTHER);
        assertThat(fixture.happened()).containsExactly("ask other");

        fixture.effects.asked.remove().answer(true);
        assertThat(fixture.happened()).containsExactly("bye replaced", "close", "release ann from mine");
    }

    @Test
    void aLocationOfADeadSessionIsClaimedAgainAndThenTheMailboxIsDrained() {
        overtakenByADeadOne();
        assertThat(fixture.happened()).containsExactly("ask other", "claim ann for mine");

        fixture.claimed(OTHER);
        assertThat(fixture.happened()).containsExactly("end other");

        fixture.effects.endings.remove().run();
        assertThat(fixture.happened()).containsExactly("read from the start");
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void pushesAreRefusedWhileTheLocationIsClaimedAgain() {
        overtakenByADeadOne();
        fixture.happened();

        fixture.push("shard", "m1");
        assertThat(fixture.happened()).containsExactly("refused shard#1");
    }

    @Test
    void whateverHappensWhileTheLocationIsClaimedAgainNothingIsReplayedBeforeThePredecessorEnded() {
        overtakenByADeadOne();
        fixture.claimed(OTHER);
        fixture.happened();

        session.nudge("elsewhere");
        fixture.mailboxHolds("m5");
        fixture.push("shard", "m6");
        assertThat(fixture.happened()).containsExactly("read from the start", "refused shard#1");

        fixture.effects.endings.remove().run();
        fixture.mailboxHolds("m4", "m5");
        assertThat(fixture.happened()).containsExactly("read from the start", "replay 1 m4", "replay 2 m5");
    }

    @Test
    void aDrainThatWasUnderWayOpensNoGateWhileTheLocationIsClaimedAgain() {
        session.nudge("shard");
        overtakenByADeadOne();
        fixture.mailboxHolds();
        fixture.happened();

        fixture.push("shard", "m1");
        assertThat(fixture.happened()).containsExactly("refused shard#1");
    }

    @Test
    void aClaimThatFailsIsLeftToTheNextHeartbeatAndTheGateOpensAgain() {
        overtakenByADeadOne();
        fixture.effects.claims.remove().refuse(REDIS_IS_DOWN);
        fixture.mailboxHolds();
        fixture.happened();

        fixture.push("shard", "m1");
        assertThat(fixture.happened()).containsExactly("taken shard#1", "deliver 1 m1");

        session.overtaken(OTHER);
        assertThat(fixture.happened()).containsExactly("ask other");
    }

    @Test
    void aSessionToldToEndWhileItClaimsAgainDepartsOnlyAfterItsPredecessorEnded() {
        fixture.push("shard", "m1");
        overtakenByADeadOne();
        fixture.happened();

        session.end(ByeReason.KICKED, Duration.ZERO, () -> {});
        assertThat(fixture.happened()).containsExactly("bye kicked", "close");

        fixture.claimed(OTHER);
        fixture.effects.endings.remove().run();
        assertThat(fixture.happened()).containsExactly("end other", "append m1");
    }

    @Test
    void aSessionEndsWhenItsAccountWasChangedAfterItsLoginAndKeepsWhatWasInFlight() {
        fixture.push("shard", "m1");
        fixture.happened();

        session.notBefore(SessionFixture.PROVEN_AT);
        assertThat(fixture.happened()).containsExactly("bye revoked", "close", "append m1");

        session.refreshed(1);
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void aChangeBeforeTheLoginOrNoneAtAllEndsNoSession() {
        session.notBefore(0);
        session.notBefore(SessionFixture.PROVEN_AT - 1);
        assertThat(fixture.happened()).isEmpty();

        SessionFixture arriving = SessionFixture.claiming();
        arriving.session.notBefore(SessionFixture.PROVEN_AT);
        assertThat(arriving.happened()).as("it will be asked again").isEmpty();
    }

    @Test
    void aSessionWithoutAnAccountOrAlreadyArrivingAsksNobody() {
        SessionFixture arriving = SessionFixture.claiming();
        arriving.session.overtaken(OTHER);
        assertThat(arriving.happened()).isEmpty();

        overtakenByADeadOne();
        fixture.happened();
        session.overtaken(new Location("gateway.there", "third"));
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void anAnswerThatComesWhileItClaimsAgainIsOutOfDate() {
        session.overtaken(OTHER);
        session.overtaken(OTHER);
        fixture.effects.asked.remove().answer(false);
        fixture.happened();

        fixture.effects.asked.remove().answer(true);
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void anAnswerThatComesAfterTheSessionEndedChangesNothing() {
        session.overtaken(OTHER);
        session.disconnected();
        fixture.happened();

        fixture.effects.asked.remove().answer(false);
        assertThat(fixture.happened()).isEmpty();
    }

    private void overtakenByADeadOne() {
        session.overtaken(OTHER);
        fixture.effects.asked.remove().answer(false);
    }
}
