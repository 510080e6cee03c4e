package io.parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.Command;
import org.junit.jupiter.api.Test;

/** DESIGN section 6, Gate: what is pushed never overtakes what waits in the mailbox. */
class GateTest {

    @Test
    void theGateOpensOnlyAfterTheDrainHasReadToTheEnd() {
        SessionFixture fixture = SessionFixture.draining();

        fixture.push("shard", "m900");
        assertThat(fixture.happened()).containsExactly("refused shard#1");

        fixture.mailboxHolds();
        fixture.push("another", "m901");
        assertThat(fixture.happened()).containsExactly("taken another#2", "deliver 1 m901");
    }

    @Test
    void theGateStaysShutBetweenThePagesOfADrain() {
        SessionFixture fixture = SessionFixture.open();
        fixture.session.nudge("shard");
        fixture.wire.takesAtOnce = true;
        fixture.mailboxHolds(SessionFixture.fullPage());
        fixture.happened();

        fixture.push("shard", "m900");
        assertThat(fixture.happened()).containsExactly("refused shard#1");
    }

    @Test
    void aNudgeShutsTheGateUntilTheMailboxIsRead() {
        SessionFixture fixture = SessionFixture.open();

        fixture.session.nudge("another");
        fixture.push("shard", "m900");
        assertThat(fixture.happened()).containsExactly("read from the start", "refused shard#1");
    }

    @Test
    void aShardWhosePushWasRefusedStaysRefusedUntilItsNudge() {
        SessionFixture fixture = SessionFixture.draining();
        fixture.push("shard", "m1");
        fixture.mailboxHolds();
        fixture.happened();

        fixture.push("shard", "m2");
        assertThat(fixture.happened()).containsExactly("refused shard#2");

        fixture.session.nudge("another");
        fixture.mailboxHolds();
        fixture.push("shard", "m3");
        assertThat(fixture.happened()).containsExactly("read from the start", "refused shard#3");

        fixture.session.nudge("shard");
        fixture.mailboxHolds();
        fixture.push("shard", "m4");
        assertThat(fixture.happened()).containsExactly("read from the start", "taken shard#4", "deliver 1 m4");
    }

    @Test
    void whenNothingCouldBeAppendedTheShardIsReadmittedWithoutADrain() {
        SessionFixture fixture = SessionFixture.open();
        for (int i = 1; i <= SessionFixture.WINDOW + 1; i++) {
            fixture.push("shard", "m" + i);
        }
        fixture.session.ack(new Command.Ack(1));
        fixture.happened();

        fixture.push("shard", "m900");
        fixture.session.readmit("another");
        fixture.push("shard", "m901");
        assertThat(fixture.happened()).containsExactly("refused shard#6", "refused shard#7");

        fixture.session.readmit("shard");
        fixture.push("shard", "m902");
        assertThat(fixture.happened()).contains("taken shard#8").doesNotContain("read from the start");
    }

    @Test
    void readmittingAShardDoesNotOpenTheGate() {
        SessionFixture fixture = SessionFixture.draining();
        fixture.push("shard", "m1");
        fixture.session.readmit("shard");
        fixture.happened();
        fixture.push("shard", "m2");
        assertThat(fixture.happened()).containsExactly("refused shard#2");
    }

    @Test
    void aFullWindowRefusesPushes() {
        SessionFixture fixture = SessionFixture.open();
        for (int i = 1; i <= SessionFixture.WINDOW; i++) {
            fixture.push("shard", "m" + i);
        }
        fixture.happened();

        fixture.push("shard", "m5");
        assertThat(fixture.happened()).containsExactly("refused shard#5");

        fixture.ack(4);
        fixture.happened();
        fixture.push("shard", "m6");
        assertThat(fixture.happened()).containsExactly("refused shard#6");
        fixture.push("another", "m7");
        assertThat(fixture.happened()).containsExactly("taken another#7", "deliver 5 m7");
    }

    @Test
    void aClientThatReadsTooSlowlyIsPushedNothing() {
        SessionFixture fixture = SessionFixture.open();
        fixture.session.congested();
        fixture.happened();

        fixture.push("shard", "m1");
        assertThat(fixture.happened()).containsExactly("refused shard#1");

        fixture.session.caughtUp();
        fixture.push("another", "m2");
        assertThat(fixture.happened()).containsExactly("resume reading", "taken another#2", "deliver 1 m2");
    }

    @Test
    void takenIsAnsweredBeforeAckedAlsoWhenTheSocketTakesItAtOnce() {
        SessionFixture fixture = SessionFixture.open();
        fixture.wire.takesAtOnce = true;

        fixture.push("shard", "m1");
        assertThat(fixture.happened()).containsExactly("taken shard#1", "deliver 1 m1", "acked shard#1");
    }
}
