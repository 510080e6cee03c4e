package io.parley.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.Target;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TalksTest {

    private final Talks talks = new Talks();

    private static Entry entry(String id, String text) {
        return new Entry(new Target.One(id), id, "Name of " + id, 1, text, Set.of());
    }

    private boolean keep(String id, String text) {
        return talks.keepUnread(talks.with(new Target.One(id)), entry(id, text));
    }

    @Test
    void unreadMessagesWaitInTheirConversationInOrder() {
        keep("a", "1");
        keep("b", "2");
        keep("a", "3");
        assertThat(talks.withUnread()).extracting(Talk::id).containsExactly("a", "b");
        assertThat(talks.takeUnread(talks.with(new Target.One("a"))))
                .extracting(Entry::text)
                .containsExactly("1", "3");
        assertThat(talks.withUnread()).extracting(Talk::id).containsExactly("b");
        assertThat(talks.with(new Target.One("a")).recent())
                .extracting(Entry::text)
                .containsExactly("1", "3");
    }

    @Test
    void moreUnreadMessagesThanTheBoundAreNotTaken() {
        for (int i = 0; i < Talks.MOST_UNREAD; i++) {
            assertThat(keep("a", "x")).isTrue();
        }
        assertThat(keep("b", "x")).isFalse();
        talks.takeUnread(talks.with(new Target.One("a")));
        assertThat(keep("b", "x")).isTrue();
    }

    @Test
    void neitherAreMoreCharactersThanTheBound() {
        String large = "x".repeat(Talks.MOST_UNREAD_CHARACTERS / 2);
        assertThat(keep("a", large)).isTrue();
        assertThat(keep("a", large)).isTrue();
        assertThat(keep("a", "x")).isFalse();
        talks.takeUnread(talks.with(new Target.One("a")));
        assertThat(keep("a", large)).isTrue();
    }

    @Test
    void theOldestConversationIsForgottenUnlessSomethingInItIsUnread() {
        keep("unread", "x");
        talks.with(new Target.One("oldest"));
        for (int i = 0; i < Talks.MOST; i++) {
            talks.with(new Target.One("other " + i));
        }
        assertThat(talks.all())
                .hasSize(Talks.MOST)
                .extracting(Talk::id)
                .contains("unread")
                .doesNotContain("oldest");
        assertThat(talks.all().get(0).id()).isEqualTo("other " + (Talks.MOST - 1));
    }

    @Test
    void onlyTheLastMessagesAreRememberedAndOnlyTheirBeginning() {
        Talk talk = talks.with(new Target.One("a"));
        for (int i = 0; i < 20; i++) {
            talk.remember(entry("a", i + "x".repeat(50_000)));
        }
        assertThat(talk.recent()).hasSize(Talk.RECENT).allSatisfy(each -> assertThat(each.text())
                .hasSizeLessThan(2_000));
        assertThat(talk.recent().get(Talk.RECENT - 1).text()).startsWith("19x");
    }

    @Test
    void aPersonAGroupAndARoomOfOneNameAreThreeConversations() {
        talks.with(new Target.One("lobby"));
        talks.with(new Target.Group("lobby"));
        talks.with(new Target.Room("lobby"));
        assertThat(talks.all()).extracting(Talk::label).containsExactly("#lobby", "&lobby", "lobby");
    }

    @Test
    void aRoomKeepsItsNewestAndLeavesSpaceForMessagesThatWerePromised() {
        Talk room = talks.with(new Target.Room("lobby"));
        for (int i = 0; i < 2 * Talks.MOST_UNREAD; i++) {
            Entry said = new Entry(room.target(), "a", "A", 1, "x" + i, Set.of());
            assertThat(talks.keepUnread(room, said)).isTrue();
        }
        assertThat(room.unread()).isEqualTo(Talks.MOST_UNREAD_IN_A_ROOM);
        assertThat(keep("b", "x")).isTrue();
        assertThat(talks.takeUnread(room).get(Talks.MOST_UNREAD_IN_A_ROOM - 1).text())
                .isEqualTo("x" + (2 * Talks.MOST_UNREAD - 1));
    }
}
