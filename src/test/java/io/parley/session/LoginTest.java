package io.parley.session;

import static io.parley.session.SessionFixture.REDIS_IS_DOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Identity;
import io.parley.protocol.Question;
import io.parley.protocol.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a session is before it speaks for somebody, and how it comes to. */
class LoginTest {

    private final SessionFixture fixture = new SessionFixture();
    private final Session session = fixture.session;

    @Test
    void aVerifiedSessionIsWelcomedAndDrainsItsMailbox() {
        fixture.verify();
        assertThat(fixture.happened()).containsExactly("pause reading", "authenticate ann");

        fixture.identified();
        assertThat(fixture.happened()).containsExactly("claim ann for mine");
        assertThat(session.isOpen()).isFalse();
        assertThat(session.isAlive()).isTrue();

        fixture.effects.claims.remove().answer(new Effects.Claimed(null, 7));
        assertThat(fixture.happened())
                .containsExactly("opened", "verified ann waiting 7", "read from the start", "resume reading");
        assertThat(session.isOpen()).isTrue();
        assertThat(session.userId()).isEqualTo("ann");
    }

    @Test
    void commandsBeforeVerifyAreRefused() {
        fixture.send("c1");
        fixture.ack(1);
        session.ask(new Question.Online(List.of("bob")));

        assertThat(fixture.happened())
                .containsExactly("error not_verified to 2", "error not_verified to 7", "error not_verified to 12");
    }

    @Test
    void aPingIsAnsweredAlsoBeforeVerify() {
        session.ping(new Command.Ping("{\"a\":1}"));

        assertThat(fixture.happened()).containsExactly("pong {\"a\":1}");
    }

    @Test
    void afterAWrongPasswordTheSessionMayTryAgain() {
        fixture.verify();
        fixture.happened();

        fixture.effects.logins.remove().refuse(new Refusal(ErrorCode.BAD_CREDENTIALS, "wrong"));
        assertThat(fixture.happened()).containsExactly("not verified bad_credentials", "resume reading");
        assertThat(session.isAlive()).isFalse();

        fixture.verify();
        assertThat(fixture.happened()).containsExactly("pause reading", "authenticate ann");
    }

    @Test
    void whenRedisIsDownALoginIsRefusedAndMayBeTriedAgain() {
        fixture.verify();
        fixture.identified();
        fixture.happened();

        fixture.effects.claims.remove().refuse(REDIS_IS_DOWN);
        assertThat(fixture.happened()).containsExactly("not verified unavailable", "resume reading");
        assertThat(session.userId()).isNull();

        fixture.verify();
        assertThat(fixture.happened()).containsExactly("pause reading", "authenticate ann");
    }

    @Test
    void aConnectionThatClaimedForOneAccountIsNeverAnothers() {
        fixture.verify();
        fixture.identified();
        fixture.effects.claims.remove().refuse(REDIS_IS_DOWN);
        fixture.happened();

        session.verify(new Command.Verify("bob", "secret", null));
        fixture.effects.logins.remove().answer(new Identity("bob", "Bob", Set.of(), null, 0, 1));
        assertThat(fixture.happened())
                .containsExactly("pause reading", "authenticate bob", "not verified forbidden", "resume reading");
        assertThat(session.userId()).isNull();

        fixture.verify();
        fixture.identified();
        assertThat(fixture.happened()).contains("claim ann for mine");
    }

    @Test
    void aSecondVerifyIsRefusedAndChangesNothing() {
        fixture.verify();
        fixture.happened();
        session.verify(new Command.Verify("bob", "secret", null));
        assertThat(fixture.happened()).containsExactly("error already_verified to 1");

        fixture.identified();
        fixture.claimed(null);
        fixture.happened();
        session.verify(new Command.Verify("bob", "secret", null));
        assertThat(fixture.happened()).containsExactly("error already_verified to 1");
        assertThat(session.userId()).isEqualTo("ann");
    }

    @Test
    void aClientThatLeavesWhileItsPasswordIsCheckedClaimsNothing() {
        fixture.verify();
        fixture.happened();

        session.disconnected();
        assertThat(fixture.happened()).containsExactly("gone");

        fixture.identified();
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void aRefusalForAClientThatHasLeftIsNotWritten() {
        fixture.verify();
        session.disconnected();
        fixture.happened();

        fixture.effects.logins.remove().refuse(new Refusal(ErrorCode.BAD_CREDENTIALS, "wrong"));
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void aConnectionThatIsNotVerifiedInTimeIsClosed() {
        fixture.tickAfter(Duration.ofSeconds(10));
        assertThat(fixture.happened()).isEmpty();

        fixture.tickAfter(Duration.ofSeconds(11));
        assertThat(fixture.happened()).containsExactly("bye verify_timeout", "close", "gone");
    }

    @Test
    void tryingPasswordsDoesNotBuyMoreTime() {
        fixture.verify();
        fixture.tickAfter(Duration.ofSeconds(11));
        assertThat(session.isAlive()).isFalse();
        fixture.happened();

        fixture.effects.logins.remove().refuse(new Refusal(ErrorCode.BAD_CREDENTIALS, "wrong"));
        fixture.tickAfter(Duration.ofSeconds(12));
        assertThat(fixture.happened())
                .containsExactly(
                        "not verified bad_credentials", "resume reading", "bye verify_timeout", "close", "gone");
    }

    @Test
    void aVerifiedSessionIsNotClosedByTheVerifyTimeout() {
        SessionFixture open = SessionFixture.open();

        open.tickAfter(Duration.ofSeconds(20));
        assertThat(open.happened()).isEmpty();
    }
}
