package io.parley.session;

import static io.parley.session.SessionFixture.OTHER;
import static io.parley.session.SessionFixture.REDIS_IS_DOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.Command;
import io.parley.protocol.Identity;
import io.parley.protocol.Identity.Standing;
import io.parley.protocol.Location;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** DESIGN section 5, Guests: an id in use stays whose it is, and nothing is stored. */
class GuestTest {

    private static final Location QUICKER = new Location("gateway.there", "quicker");

    private final SessionFixture fixture = SessionFixture.guest(Standing.GUEST);

    @Test
    void aFreeIdIsTheGuestsAndNoMailboxIsRead() {
        assertThat(fixture.happened()).endsWith("claim free ann");
        fixture.effects.guestClaims.remove().answer(null);
        assertThat(fixture.happened()).containsExactly("opened", "verified ann waiting 0", "resume reading");

        fixture.push("shard", "m1");
        assertThat(fixture.happened()).startsWith("taken shard#1");
    }

    @Test
    void anIdWhoseHolderLivesIsForbidden() {
        fixture.happened();
        fixture.effects.guestClaims.remove().answer(OTHER);
        assertThat(fixture.happened()).containsExactly("ask other");

        fixture.effects.asked.remove().answer(true);
        assertThat(fixture.happened()).containsExactly("not verified forbidden", "resume reading");
        assertThat(fixture.session.userId()).isNull();
    }

    @Test
    void anIdWhoseHolderIsGoneIsTheGuestsUnlessSomebodyWasQuicker() {
        fixture.effects.guestClaims.remove().answer(OTHER);
        fixture.effects.asked.remove().answer(false);
        assertThat(fixture.happened()).endsWith("claim free ann of other");
        fixture.effects.guestClaims.remove().answer(QUICKER);
        assertThat(fixture.happened()).containsExactly("not verified forbidden", "resume reading");

        fixture.verify();
        fixture.effects.logins.remove().answer(guest("ann"));
        fixture.effects.guestClaims.remove().answer(QUICKER);
        fixture.effects.asked.remove().answer(false);
        fixture.effects.guestClaims.remove().answer(null);
        assertThat(fixture.happened()).contains("claim free ann of quicker", "opened");
    }

    @Test
    void whoWasRefusedBecauseOfAnotherMayTryAnotherIdOnTheSameConnection() {
        fixture.effects.guestClaims.remove().answer(OTHER);
        fixture.effects.asked.remove().answer(true);
        fixture.session.verify(new Command.Verify("eve", null, null));
        fixture.effects.logins.remove().answer(guest("eve"));
        fixture.effects.guestClaims.remove().answer(null);

        assertThat(fixture.happened()).endsWith("opened", "verified eve waiting 0", "resume reading");
    }

    /** The claim may have been seen, and a push for the first id be on its way. */
    @Test
    void afterAClaimWithoutAnAnswerTheConnectionStaysTheFirstIds() {
        fixture.effects.guestClaims.remove().refuse(REDIS_IS_DOWN);
        fixture.verify();
        fixture.effects.logins.remove().answer(guest("ann"));
        fixture.effects.guestClaims.remove().answer(OTHER);
        fixture.effects.asked.remove().answer(true);
        fixture.happened();

        fixture.session.verify(new Command.Verify("eve", null, null));
        fixture.effects.logins.remove().answer(guest("eve"));
        assertThat(fixture.happened()).contains("not verified forbidden").doesNotContain("claim free eve");
    }

    @Test
    void aReplacingGuestTakesOverAndIsToldOfNoMailbox() {
        SessionFixture replacing = SessionFixture.guest(Standing.REPLACING_GUEST);
        replacing.happened();
        replacing.effects.claims.remove().answer(new Effects.Claimed(OTHER, 7));
        assertThat(replacing.happened()).containsExactly("end other");

        replacing.effects.endings.remove().run();
        assertThat(replacing.happened()).containsExactly("opened", "verified ann waiting 0", "resume reading");
    }

    @Test
    void aPushIsTooManyWhileItComesInAndWhenItsWindowIsFull() {
        fixture.happened();
        fixture.push("shard", "m1");
        assertThat(fixture.happened()).containsExactly("failed too_many shard#1");
        fixture.effects.guestClaims.remove().answer(null);
        fixture.session.readmit("shard");
        for (int i = 0; i < SessionFixture.WINDOW; i++) {
            fixture.push("shard", "w" + i);
        }
        fixture.happened();

        fixture.push("shard", "m2");
        assertThat(fixture.happened()).containsExactly("failed too_many shard#6");
    }

    @Test
    void whatItHadInFlightIsAppendedNowhereWhenItLeaves() {
        SessionFixture open = SessionFixture.openGuest();
        open.push("shard", "m1");
        open.push("other", "m2");
        open.happened();

        open.session.disconnected();
        assertThat(open.happened())
                .containsExactly("failed unknown_user shard#1", "failed unknown_user other#2", "release ann from mine");
        open.push("shard", "m3");
        assertThat(open.happened()).containsExactly("failed unknown_user shard#3");
        open.effects.releases.remove().run();
        assertThat(open.happened()).containsExactly("gone");
    }

    @Test
    void aNudgeReadsNothingAndTheNextPushIsTaken() {
        SessionFixture open = SessionFixture.openGuest();
        open.session.nudge("shard");
        open.session.restored();
        assertThat(open.happened()).isEmpty();

        open.push("shard", "m1");
        assertThat(open.happened()).startsWith("taken shard#1");
    }

    @Test
    void itEndsAtARefreshWhenItsIdHasBecomeAnAccounts() {
        SessionFixture open = SessionFixture.openGuest();
        open.session.refreshed(3);
        assertThat(open.happened()).containsExactly("has ann an account");

        open.effects.accounts.remove().run();
        assertThat(open.happened()).containsExactly("bye revoked", "close", "release ann from mine");
    }

    @Test
    void itClaimsAgainOnlyWhatIsFreeWhenItsLocationWasAnothers() {
        SessionFixture open = SessionFixture.openGuest();
        open.session.overtaken(OTHER);
        open.effects.asked.remove().answer(false);
        assertThat(open.happened()).containsExactly("ask other", "claim free ann");

        open.effects.guestClaims.remove().answer(OTHER);
        open.effects.asked.remove().answer(true);
        open.happened();
        open.session.overtaken(OTHER);
        open.effects.asked.remove().answer(true);
        assertThat(open.happened()).contains("bye replaced");
    }

    private static Identity guest(String id) {
        return new Identity(id, id, Set.of(), null, 0, SessionFixture.PROVEN_AT, Standing.GUEST);
    }
}
