package io.parley.session;

import static io.parley.session.SessionFixture.UNANSWERED;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.ByeReason;
import io.parley.protocol.Question;
import io.parley.protocol.Receipt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a session needs to be looked at each second, and when it does not. */
class RestTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final SessionFixture fixture = SessionFixture.open();
    private final Session session = fixture.session;

    @Test
    void aSessionThatOwesNothingRestsForAsLongAsItsClientMayBeSilent() {
        assertThat(fixture.restsUntil(Duration.ofSeconds(60))).isTrue();
        assertThat(fixture.restsUntil(Duration.ofSeconds(60).plusMillis(1))).isFalse();
    }

    @Test
    void aClientThatIsHeardWhileItsSessionRestsMayBeSilentAnew() {
        assertThat(fixture.restsUntil(SOON)).isTrue();
        fixture.pass(Duration.ofSeconds(50));
        session.heard();
        assertThat(stirred()).as("a ping alone needs no look").isFalse();

        fixture.tickAfter(Duration.ofSeconds(110));
        assertThat(fixture.happened()).isEmpty();
        fixture.tickAfter(Duration.ofSeconds(111));
        assertThat(fixture.happened()).startsWith("bye idle");
    }

    @Test
    void oneThatIsNotVerifiedDoesNotRest() {
        SessionFixture accepted = new SessionFixture();
        assertThat(accepted.restsUntil(SOON)).isFalse();

        accepted.verify();
        assertThat(accepted.restsUntil(SOON)).isFalse();
        accepted.identified();
        assertThat(accepted.restsUntil(SOON)).isFalse();
        accepted.claimed(null);
        assertThat(accepted.restsUntil(SOON)).isTrue();
    }

    @Test
    void aPushStirsItUntilItIsAcknowledged() {
        rest();
        fixture.push("shard", "m1");
        assertThat(stirred()).isTrue();
        assertThat(fixture.restsUntil(SOON)).isFalse();

        fixture.ack(1);
        assertThat(fixture.restsUntil(SOON)).isTrue();
    }

    @Test
    void aPushThatIsRefusedLeavesItAtRest() {
        session.nudge("shard");
        rest();
        fixture.push("shard", "m1");
        assertThat(stirred()).isFalse();
    }

    @Test
    void aReplayStirsIt() {
        session.nudge("shard");
        rest();
        fixture.mailboxHolds("m1");
        assertThat(stirred()).isTrue();
        assertThat(fixture.restsUntil(SOON)).isFalse();
    }

    @Test
    void aClientThatFallsBehindStirsItUntilItHasCaughtUp() {
        rest();
        session.congested();
        assertThat(stirred()).isTrue();
        assertThat(fixture.restsUntil(SOON)).isFalse();

        session.caughtUp();
        assertThat(fixture.restsUntil(SOON)).isTrue();
    }

    @Test
    void aSendStirsItUntilItsReceipt() {
        rest();
        fixture.send("c1");
        assertThat(stirred()).isTrue();
        assertThat(fixture.restsUntil(SOON)).isFalse();

        session.receipt(new Receipt("c1", "m1", Receipt.Status.DELIVERED, null, null, null));
        assertThat(fixture.restsUntil(SOON)).isTrue();
    }

    @Test
    void aQuestionStirsItUntilItsAnswer() {
        rest();
        session.ask(new Question.Online(List.of("bob")));
        assertThat(stirred()).isTrue();
        assertThat(fixture.restsUntil(SOON)).isFalse();

        fixture.effects.questions.remove().answer(null);
        assertThat(fixture.restsUntil(SOON)).isTrue();
    }

    @Test
    void itsEndStirsIt() {
        rest();
        session.end(ByeReason.KICKED, Duration.ZERO, () -> {});
        assertThat(stirred()).isTrue();
        assertThat(fixture.restsUntil(SOON)).isFalse();
    }

    @Test
    void itIsStirredOnceHoweverMuchHappens() {
        rest();
        for (int i = 0; i < UNANSWERED; i++) {
            fixture.send("c" + i);
            fixture.push("shard", "m" + i);
        }
        session.stir();
        assertThat(fixture.effects.stirred).isEqualTo(1);
    }

    private void rest() {
        assertThat(fixture.restsUntil(SOON)).isTrue();
    }

    private boolean stirred() {
        return fixture.effects.stirred == 1;
    }
}
