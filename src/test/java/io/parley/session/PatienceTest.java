package io.parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.Command;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long an open session waits for its client, and what it says when it stops waiting. */
class PatienceTest {

    private final SessionFixture fixture = SessionFixture.open();
    private final Session session = fixture.session;

    @Test
    void aSilentClientIsCut() {
        fixture.tickAfter(Duration.ofSeconds(60));
        assertThat(fixture.happened()).isEmpty();

        fixture.tickAfter(Duration.ofSeconds(61));
        assertThat(fixture.happened()).containsExactly("bye idle", "cut", "release ann from mine");
    }

    @Test
    void aClientThatSendsAnythingIsNotSilent() {
        fixture.tickAfter(Duration.ofSeconds(50));
        session.heard();

        fixture.tickAfter(Duration.ofSeconds(110));
        assertThat(fixture.happened()).isEmpty();
        fixture.tickAfter(Duration.ofSeconds(111));
        assertThat(fixture.happened()).startsWith("bye idle");
    }

    @Test
    void silenceThatThisNodeCausedByNotReadingDoesNotCount() {
        fixture.tickAfter(Duration.ofSeconds(50));
        for (int i = 0; i < SessionFixture.UNANSWERED; i++) {
            fixture.send("c" + i);
        }
        fixture.happened();

        fixture.tickAfter(Duration.ofSeconds(60));
        fixture.tickAfter(Duration.ofSeconds(95));
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void aClientThatDoesNotAcknowledgeIsCutAndItsMessagesAreStored() {
        fixture.tickAfter(Duration.ofSeconds(20));
        fixture.push("shard", "m1");
        fixture.happened();

        fixture.tickAfter(Duration.ofSeconds(50));
        assertThat(fixture.happened()).isEmpty();
        fixture.tickAfter(Duration.ofSeconds(51));
        assertThat(fixture.happened()).containsExactly("bye ack_timeout", "cut", "append m1");
    }

    @Test
    void theOldestUnacknowledgedDeliveryCounts() {
        fixture.tickAfter(Duration.ofSeconds(10));
        fixture.push("shard", "m1");
        fixture.tickAfter(Duration.ofSeconds(20));
        fixture.push("shard", "m2");
        fixture.ack(1);
        fixture.happened();

        fixture.tickAfter(Duration.ofSeconds(50));
        assertThat(fixture.happened()).isEmpty();
        fixture.tickAfter(Duration.ofSeconds(51));
        assertThat(fixture.happened()).startsWith("bye ack_timeout");
    }

    @Test
    void aReplayIsGivenTheSameTime() {
        SessionFixture draining = SessionFixture.draining();
        draining.mailboxHolds("m1");
        draining.happened();

        draining.tickAfter(Duration.ofSeconds(30));
        assertThat(draining.happened()).isEmpty();
        draining.tickAfter(Duration.ofSeconds(31));
        assertThat(draining.happened()).startsWith("bye ack_timeout");
    }

    @Test
    void aClientThatHasNotReadItsDeliveriesIsToldThatItIsSlow() {
        fixture.push("shard", "m1");
        session.congested();
        fixture.happened();

        fixture.tickAfter(Duration.ofSeconds(31));
        assertThat(fixture.happened()).containsExactly("bye slow", "cut", "append m1");
    }

    @Test
    void aClientThatReadsNothingIsCutAlsoWhenItWasDeliveredNothing() {
        fixture.tickAfter(Duration.ofSeconds(1));
        session.congested();
        fixture.tickAfter(Duration.ofSeconds(20));
        session.congested();
        fixture.happened();

        fixture.tickAfter(Duration.ofSeconds(31));
        assertThat(fixture.happened()).isEmpty();
        fixture.tickAfter(Duration.ofSeconds(32));
        assertThat(fixture.happened()).containsExactly("bye slow", "cut", "release ann from mine");
    }

    @Test
    void aClientThatCatchesUpNowAndThenIsNotCut() {
        session.congested();
        fixture.tickAfter(Duration.ofSeconds(20));
        session.caughtUp();
        session.congested();
        fixture.happened();

        fixture.tickAfter(Duration.ofSeconds(45));
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void aSessionThatIsClosingIsNotCutAgain() {
        fixture.push("shard", "m1");
        session.disconnected();
        fixture.happened();

        fixture.tickAfter(Duration.ofSeconds(100));
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void anAckOfWhatWasNeverDeliveredIsRefused() {
        fixture.push("shard", "m1");
        fixture.happened();

        fixture.ack(2);
        assertThat(fixture.happened()).containsExactly("error bad_content to 7");
        fixture.ack(1);
        fixture.ack(1);
        fixture.ack(0);
        fixture.ack(-1);
        assertThat(fixture.happened()).containsExactly("acked shard#1");
    }

    @Test
    void acksAreCumulative() {
        fixture.push("shard", "m1");
        fixture.push("another", "m2");
        fixture.push("shard", "m3");
        fixture.happened();

        fixture.ack(2);
        assertThat(fixture.happened()).containsExactly("acked shard#1", "acked another#2");
    }

    @Test
    void whatTheSocketHasTakenCountsAsAckedInTheDialectWithoutAcks() {
        fixture.push("shard", "m1");
        fixture.happened();

        fixture.wire.written.remove().run();
        assertThat(fixture.happened()).containsExactly("acked shard#1");
    }

    @Test
    void aPingIsEchoed() {
        session.ping(new Command.Ping("{\"x\":2}"));

        assertThat(fixture.happened()).containsExactly("pong {\"x\":2}");
    }
}
