package io.parley.session;

import static io.parley.session.SessionFixture.MINE;
import static io.parley.session.SessionFixture.OTHER;
import static io.parley.session.SessionFixture.REDIS_IS_DOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Question;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * DESIGN section 6, Closing: what was in flight is in the mailbox before anybody is told so, and before the location is
 * free.
 */
class ClosingTest {

    private final SessionFixture fixture = SessionFixture.open();
    private final Session session = fixture.session;

    @Test
    void aClosingSessionRefusesPushesFromThatMoment() {
        fixture.push("shard", "m1");
        session.disconnected();
        fixture.happened();

        fixture.push("shard", "m2");
        assertThat(fixture.happened()).containsExactly("refused shard#2");
    }

    @Test
    void whatWasInFlightIsAppendedInOrderAndStoredIsSaidOnlyAfterRedisAccepted() {
        fixture.push("shard", "m1");
        fixture.push("another", "m2");
        fixture.happened();

        session.disconnected();
        assertThat(fixture.happened()).containsExactly("append m1", "append m2");

        fixture.effects.appends.remove().answer(MINE);
        assertThat(fixture.happened()).containsExactly("stored shard#1");
        fixture.effects.appends.remove().answer(MINE);
        assertThat(fixture.happened()).containsExactly("stored another#2", "release ann from mine");
        fixture.effects.releases.remove().run();
        assertThat(fixture.happened()).containsExactly("gone");
    }

    @Test
    void whatRedisDidNotAcceptIsAnsweredFailedAndTheLocationIsReleasedAllTheSame() {
        fixture.push("shard", "m1");
        session.disconnected();
        fixture.happened();

        fixture.effects.appends.remove().refuse(REDIS_IS_DOWN);
        assertThat(fixture.happened()).containsExactly("failed unavailable shard#1", "release ann from mine");
    }

    @Test
    void whatWasReadFromTheMailboxIsThereStillAndNotAppended() {
        session.nudge("shard");
        fixture.mailboxHolds("m1");
        fixture.happened();

        session.disconnected();
        assertThat(fixture.happened()).containsExactly("release ann from mine");
    }

    @Test
    void aPushThatIsInTheMailboxTooIsStoredAlready() {
        fixture.push("shard", "m1");
        session.nudge("shard");
        fixture.mailboxHolds("m1");
        fixture.happened();

        session.disconnected();
        assertThat(fixture.happened()).containsExactly("stored shard#1", "release ann from mine");
    }

    @Test
    void whatWasAckedIsNotAppended() {
        fixture.push("shard", "m1");
        fixture.push("shard", "m2");
        fixture.ack(1);
        fixture.happened();

        session.disconnected();
        assertThat(fixture.happened()).containsExactly("append m2");
    }

    @Test
    void whoeverCameMeanwhileIsNudgedToDrainWhatThisOneAppended() {
        fixture.push("shard", "m1");
        session.disconnected();
        fixture.happened();

        fixture.effects.appends.remove().answer(OTHER);
        assertThat(fixture.happened()).containsExactly("nudge other", "stored shard#1", "release ann from mine");
    }

    @Test
    void aClosingSessionDoesNotNudgeItselfNorNobody() {
        fixture.push("shard", "m1");
        fixture.push("shard", "m2");
        session.disconnected();
        fixture.happened();

        fixture.effects.appends.remove().answer(MINE);
        fixture.effects.appends.remove().answer(null);
        assertThat(fixture.happened()).containsExactly("stored shard#1", "stored shard#2", "release ann from mine");
    }

    @Test
    void anAckThatComesAfterTheEndIsTooLate() {
        fixture.push("shard", "m1");
        session.disconnected();
        fixture.happened();

        fixture.ack(1);
        fixture.wire.written.remove().run();
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void aLogoutIsAnsweredByByeAndCloses() {
        session.logout(() -> {});
        assertThat(fixture.happened()).containsExactly("bye logout", "close", "release ann from mine");

        session.disconnected();
        fixture.effects.releases.remove().run();
        assertThat(fixture.happened()).containsExactly("gone");
    }

    @Test
    void brokenFramingIsExplainedAndCloses() {
        session.broken(new Refusal(ErrorCode.BAD_FRAME, "length 3"));

        assertThat(fixture.happened())
                .containsExactly("error bad_frame to 0", "bye protocol_error", "close", "release ann from mine");
    }

    @Test
    void brokenFramingEndsASessionThatIsNotVerifiedToo() {
        SessionFixture unverified = new SessionFixture();
        unverified.session.broken(new Refusal(ErrorCode.BAD_FRAME, "length 3"));

        assertThat(unverified.happened())
                .containsExactly("error bad_frame to 0", "bye protocol_error", "close", "gone");
    }

    @Test
    void nothingIsWrittenAfterTheBye() {
        fixture.send("c1");
        session.ask(new Question.Online(List.of("bob")));
        session.congested();
        session.logout(() -> {});
        fixture.happened();

        session.ping(new Command.Ping("{}"));
        fixture.send("c2");
        session.broken(new Refusal(ErrorCode.BAD_FRAME, "length 3"));
        session.receipt(Receipt.delivered("c1", "m1"));
        fixture.effects.submissions.remove().refuse(REDIS_IS_DOWN);
        fixture.effects.questions.remove().refuse(REDIS_IS_DOWN);
        session.caughtUp();
        session.logout(() -> {});
        fixture.verify();
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void theEndOfAnUnverifiedSessionTouchesNoLocation() {
        SessionFixture unverified = new SessionFixture();
        unverified.session.disconnected();

        assertThat(unverified.happened()).containsExactly("gone");
    }
}
