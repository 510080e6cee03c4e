package io.parley.session;

import static io.parley.session.SessionFixture.MINE;
import static io.parley.session.SessionFixture.OTHER;
import static io.parley.session.SessionFixture.REDIS_IS_DOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.ByeReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** DESIGN section 6, Takeover: one live session an account, also when logins cross. */
class TakeoverTest {

    private final SessionFixture fixture = SessionFixture.claiming();
    private final Session session = fixture.session;

    @Test
    void thePredecessorHasEndedBeforeTheMailboxIsRead() {
        fixture.claimed(OTHER);
        assertThat(fixture.happened()).containsExactly("end other");
        assertThat(session.isOpen()).isFalse();

        fixture.effects.endings.remove().run();
        assertThat(fixture.happened())
                .containsExactly("opened", "verified ann waiting 0", "read from the start", "resume reading");
    }

    @Test
    void aSessionThatFindsItsOwnLocationEndsNobody() {
        fixture.claimed(MINE);

        assertThat(fixture.happened()).startsWith("opened");
    }

    @Test
    void aSessionToldToEndWhileItClaimsNeverOpensAndReleasesOnlyAfterItsPredecessorEnded() {
        kick();
        assertThat(fixture.happened()).containsExactly("bye replaced", "close");

        fixture.claimed(OTHER);
        assertThat(fixture.happened()).containsExactly("end other");

        fixture.effects.endings.remove().run();
        assertThat(fixture.happened()).containsExactly("release ann from mine");

        fixture.effects.releases.remove().run();
        assertThat(fixture.happened()).containsExactly("answered", "gone");
    }

    @Test
    void aSessionToldToEndWhileItWaitsForItsPredecessorNeverOpens() {
        fixture.claimed(OTHER);
        fixture.happened();

        kick();
        assertThat(fixture.happened()).containsExactly("bye replaced", "close");

        fixture.effects.endings.remove().run();
        assertThat(fixture.happened()).containsExactly("release ann from mine");
    }

    @Test
    void aSessionThatLosesItsClientWhileItClaimsStillEndsItsPredecessor() {
        session.disconnected();
        assertThat(fixture.happened()).isEmpty();

        fixture.claimed(OTHER);
        assertThat(fixture.happened()).containsExactly("end other");
        assertThat(session.isAlive())
                .as("or its predecessor claims again, and each waits for the other to end")
                .isTrue();

        fixture.effects.endings.remove().run();
        assertThat(fixture.happened()).containsExactly("release ann from mine");
        assertThat(session.isAlive()).isFalse();
        fixture.effects.releases.remove().run();
        assertThat(fixture.happened()).containsExactly("gone");
    }

    @Test
    void aSessionToldToEndWhileItsClaimFailsReleasesAllTheSame() {
        kick();
        fixture.happened();

        fixture.effects.claims.remove().refuse(REDIS_IS_DOWN);
        assertThat(fixture.happened()).containsExactly("release ann from mine");
        fixture.effects.releases.remove().run();
        assertThat(fixture.happened()).containsExactly("answered", "gone");
    }

    @Test
    void aPushToASessionThatHasNotOpenedIsRefused() {
        fixture.push("shard", "m1");

        assertThat(fixture.happened()).containsExactly("refused shard#1");
    }

    @Test
    void aNudgeBeforeItOpensReadsNothing() {
        session.nudge("shard");

        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void aSessionThatWasOpenIsKickedForGood() {
        SessionFixture open = SessionFixture.open();

        open.session.end(ByeReason.KICKED, Duration.ZERO, () -> {});
        assertThat(open.happened()).containsExactly("bye kicked", "close", "release ann from mine");
    }

    @Test
    void everybodyWhoWaitsForTheEndIsAnsweredOnceItIsReleased() {
        fixture.claimed(null);
        fixture.happened();
        kick();
        kick();
        assertThat(fixture.happened()).containsExactly("bye kicked", "close", "release ann from mine");

        fixture.effects.releases.remove().run();
        assertThat(fixture.happened()).containsExactly("answered", "answered", "gone");

        kick();
        assertThat(fixture.happened()).containsExactly("answered");
    }

    /** As the session that claimed after this one does. */
    private void kick() {
        session.end(ByeReason.KICKED, Duration.ZERO, () -> fixture.note("answered"));
    }
}
