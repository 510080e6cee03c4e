package io.parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Question;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The sending half: receipts, repeats, and how a fast writer is held back. The session may have four unanswered
 * commands.
 */
class SendingTest {

    private static final Refusal TOO_MANY = new Refusal(ErrorCode.TOO_MANY, "too many");

    private final SessionFixture fixture = SessionFixture.open();
    private final Session session = fixture.session;

    @Test
    void aMessageIsSentInTheNameOfTheSessionsAccountAndAnsweredByItsReceipt() {
        fixture.send("c1");
        assertThat(fixture.happened()).containsExactly("submit c1 from ann");

        session.receipt(Receipt.delivered("c1", "m1"));
        assertThat(fixture.happened()).containsExactly("receipt c1 delivered");
    }

    @Test
    void aMessageThatCouldNotBeHandedOverIsRefused() {
        fixture.send("c1");
        fixture.effects.submissions.remove().refuse(TOO_MANY);

        assertThat(fixture.happened()).containsExactly("submit c1 from ann", "receipt c1 refused too_many");
    }

    @Test
    void aRepeatIsAnsweredWithTheFirstReceiptAndNotSentAgain() {
        fixture.send("c1");
        session.receipt(Receipt.stored("c1", "m1", "accepted"));
        fixture.happened();

        fixture.send("c1");
        assertThat(fixture.happened()).containsExactly("receipt c1 stored");
    }

    @Test
    void aRepeatInProgressWaitsForTheReceiptOfTheFirst() {
        fixture.send("c1");
        fixture.send("c1");
        assertThat(fixture.happened()).containsExactly("submit c1 from ann");

        session.receipt(Receipt.delivered("c1", "m1"));
        assertThat(fixture.happened()).containsExactly("receipt c1 delivered", "receipt c1 delivered");
    }

    @Test
    void afterRefusedARepeatIsTriedAgain() {
        fixture.send("c1");
        session.receipt(Receipt.refused("c1", null, TOO_MANY));
        fixture.happened();

        fixture.send("c1");
        assertThat(fixture.happened()).containsExactly("submit c1 from ann");
    }

    /** Their results are what takes memory. */
    @Test
    void receiptsForLongListsCountForSeveral() {
        fixture.send("c1");
        session.receipt(Receipt.delivered("c1", "m1"));
        Map<String, Receipt.Status> results = new HashMap<>();
        for (int i = 0; i < 8 * SessionFixture.REMEMBERED; i++) {
            results.put("u" + i, Receipt.Status.DELIVERED);
        }
        fixture.send("list");
        session.receipt(Receipt.delivered("list", "m2").with(new Receipt.Spread(results, Map.of(), Map.of())));
        fixture.happened();

        fixture.send("list");
        fixture.send("c1");
        assertThat(fixture.happened()).containsExactly("receipt list delivered", "submit c1 from ann");

        session.receipt(Receipt.delivered("c1", "m3"));
        fixture.happened();
        fixture.send("c1");
        assertThat(fixture.happened()).containsExactly("receipt c1 delivered");
    }

    @Test
    void onlyTheLastReceiptsAreRemembered() {
        for (int i = 0; i <= SessionFixture.REMEMBERED; i++) {
            fixture.send("c" + i);
            session.receipt(Receipt.delivered("c" + i, "m" + i));
        }
        fixture.happened();

        fixture.send("c1");
        fixture.send("c0");
        assertThat(fixture.happened()).containsExactly("receipt c1 delivered", "submit c0 from ann");
    }

    @Test
    void aReceiptThatNobodyWaitsForIsNotWritten() {
        fixture.send("c1");
        session.receipt(Receipt.delivered("c1", "m1"));
        fixture.happened();

        session.receipt(Receipt.delivered("c1", "m1"));
        session.receipt(Receipt.delivered("c9", "m9"));
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void readingPausesAtTheLimitOfUnansweredSendsAndResumesAtHalfOfIt() {
        sendUpToTheLimit();
        assertThat(fixture.happened()).hasSize(5).contains("pause reading");

        session.receipt(Receipt.delivered("c1", "m1"));
        assertThat(fixture.happened()).containsExactly("receipt c1 delivered");
        session.receipt(Receipt.delivered("c2", "m2"));
        assertThat(fixture.happened()).containsExactly("receipt c2 delivered", "resume reading");
    }

    @Test
    void repeatsInProgressCountAsUnansweredToo() {
        fixture.send("c1");
        fixture.send("c1");
        fixture.send("c1");
        fixture.send("c1");
        assertThat(fixture.happened()).containsExactly("submit c1 from ann", "pause reading");

        session.receipt(Receipt.delivered("c1", "m1"));
        assertThat(fixture.happened()).hasSize(5).endsWith("receipt c1 delivered", "resume reading");
    }

    @Test
    void questionsWhoIsOnlineCountAsUnansweredToo() {
        for (int i = 0; i < SessionFixture.UNANSWERED; i++) {
            session.ask(new Question.Online(List.of("bob")));
        }
        assertThat(fixture.happened()).hasSize(5).contains("pause reading");

        fixture.effects.questions.remove().answer(new Event.OnlineAnswer(Map.of("bob", true)));
        fixture.effects.questions.remove().refuse(SessionFixture.REDIS_IS_DOWN);
        assertThat(fixture.happened())
                .containsExactly("online {bob=true}", "error unavailable to 12", "resume reading");
    }

    @Test
    void whatComesOverTheLimitAllTheSameIsRefused() {
        sendUpToTheLimit();
        fixture.happened();

        fixture.send("c5");
        session.ask(new Question.Online(List.of("bob")));
        assertThat(fixture.happened()).containsExactly("receipt c5 refused too_many", "error too_many to 12");
    }

    @Test
    void aRepeatInProgressIsNeverCalledRefusedBeforeTheFirstIs() {
        sendUpToTheLimit();
        fixture.happened();

        fixture.send("c4");
        assertThat(fixture.happened()).isEmpty();
        session.receipt(Receipt.delivered("c4", "m4"));
        assertThat(fixture.happened()).containsExactly("receipt c4 delivered");
    }

    @Test
    void aSendThatNobodyAnswersIsRefusedInTheEnd() {
        fixture.send("c1");
        stayAliveUntil(Duration.ofSeconds(47));
        assertThat(fixture.happened()).containsExactly("submit c1 from ann");

        stayAliveUntil(Duration.ofSeconds(49));
        assertThat(fixture.happened()).containsExactly("receipt c1 refused unavailable");

        session.receipt(Receipt.delivered("c1", "m1"));
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void sendsThatNobodyAnswersDoNotPauseReadingForEver() {
        sendUpToTheLimit();
        fixture.happened();

        fixture.tickAfter(Duration.ofSeconds(49));
        assertThat(fixture.happened()).hasSize(5).contains("resume reading");
    }

    @Test
    void readingPausesWhileTheClientDoesNotRead() {
        session.congested();
        session.congested();
        assertThat(fixture.happened()).containsExactly("pause reading");

        session.caughtUp();
        assertThat(fixture.happened()).containsExactly("resume reading");
    }

    @Test
    void readingResumesOnlyWhenNoReasonForThePauseIsLeft() {
        sendUpToTheLimit();
        session.congested();
        fixture.happened();

        for (int i = 1; i <= 4; i++) {
            session.receipt(Receipt.delivered("c" + i, "m" + i));
        }
        assertThat(fixture.happened()).doesNotContain("resume reading");
        session.caughtUp();
        assertThat(fixture.happened()).containsExactly("resume reading");
    }

    /** The acknowledgements that two fast senders owe each other wait behind their sends: somebody must read on. */
    @Test
    void readingResumesWhenAnAcknowledgementMayWaitBehindTheSends() {
        fixture.push("shard", "m1");
        sendUpToTheLimit();
        fixture.happened();

        fixture.tickAfter(Duration.ofSeconds(2));
        assertThat(fixture.happened()).isEmpty();
        fixture.tickAfter(Duration.ofSeconds(3));
        assertThat(fixture.happened()).containsExactly("resume reading");
        fixture.send("c5");
        assertThat(fixture.happened()).containsExactly("receipt c5 refused too_many");

        fixture.ack(1);
        fixture.tickAfter(Duration.ofSeconds(4));
        assertThat(fixture.happened()).containsExactly("acked shard#1", "pause reading");
    }

    private void sendUpToTheLimit() {
        for (int i = 1; i <= SessionFixture.UNANSWERED; i++) {
            fixture.send("c" + i);
        }
    }

    private void stayAliveUntil(Duration sinceAccepted) {
        session.heard();
        fixture.tickAfter(sinceAccepted);
    }
}
