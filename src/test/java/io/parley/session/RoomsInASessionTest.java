package io.parley.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.Command;
import io.parley.protocol.Event;
import io.parley.protocol.Identity;
import io.parley.protocol.Person;
import io.parley.protocol.Question;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said to many at once, seen from one session. */
class RoomsInASessionTest {

    private static final Event SAID = new Event.Heard(SessionFixture.envelope("m1"));

    @Test
    void onlyWhoMayBroadcastDoes() {
        SessionFixture nobody = SessionFixture.open();
        nobody.session.send(new Command.Broadcast("c1", "fire"));
        assertThat(nobody.happened()).containsExactly("receipt c1 refused forbidden");

        for (String role : Set.of("broadcaster", "admin")) {
            SessionFixture somebody = new SessionFixture();
            somebody.verify();
            somebody.effects
                    .logins
                    .remove()
                    .answer(new Identity("ann", "Ann", Set.of(role), null, 0, SessionFixture.PROVEN_AT));
            somebody.claimed(null);
            somebody.happened();
            somebody.session.send(new Command.Broadcast("c1", "fire"));
            assertThat(somebody.happened()).as(role).containsExactly("submit c1 from ann");
        }
    }

    @Test
    void whoHasFallenBehindDoesNotHear() {
        SessionFixture fixture = SessionFixture.open();
        fixture.session.congested();
        fixture.happened();
        assertThat(fixture.session.hear(SAID)).isFalse();
        assertThat(fixture.happened()).isEmpty();

        fixture.session.caughtUp();
        fixture.happened();
        assertThat(fixture.session.hear(SAID)).isTrue();
        assertThat(fixture.happened()).containsExactly("heard m1");
    }

    @Test
    void whoIsNotOpenHearsNothingAndMaySayNothing() {
        SessionFixture claiming = SessionFixture.claiming();
        assertThat(claiming.session.hear(SAID)).isFalse();
        assertThat(claiming.happened()).isEmpty();

        SessionFixture fresh = new SessionFixture();
        fresh.session.send(new Command.Say("c1", "tea", "hi"));
        fresh.session.ask(new Question.Join("tea"));
        assertThat(fresh.happened()).containsExactly("error not_verified to 10", "error not_verified to 8");
    }

    /** The answer to a join comes like everybody's; the question is answered all the same. */
    @Test
    void anAnswerThatComesToTheWholeRoomFreesItsPlace() {
        SessionFixture fixture = SessionFixture.open();
        for (int i = 0; i < SessionFixture.UNANSWERED * 3; i++) {
            fixture.session.ask(new Question.Join("room" + i));
            fixture.effects.questions.remove().answer(null);
        }
        assertThat(fixture.happened()).noneMatch(each -> each.startsWith("error"));
        assertThat(fixture.session.hear(new Event.Entered("tea", new Person("ann", "Ann"))))
                .isTrue();
    }
}
