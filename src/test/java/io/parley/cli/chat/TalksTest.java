package io.parley.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TalksTest {

    private final Talks talks = new Talks();

    private static Entry entry(String id, String text) {
        return new Entry(id, "Name of " + id, 1, text, false, false);
    }

    private boolean keep(String id, String text) {
        return talks.keepUnread(talks.with(id), entry(id, text));
    }

    @Test
    void unreadMessagesWaitInTheirConversationInOrder() {
        keep("a", "1");
        keep("b", "2");
        keep("a", "3");
        assertThat(talks.withUnread()).extracting(Talk::id).containsExactly("a", "b");
        assertThat(talks.takeUnread(talks.with("a"))).extracting(Entry::text).containsExactly("1", "3");
        assertThat(talks.withUnread()).extracting(Talk::id).containsExactly("b");
        assertThat(talks.with("a").recent()).extracting(Entry::text).containsExactly("1", "3");
    }

    @Test
    void moreUnreadMessagesThanTheBoundAreNotTaken() {
        for (int i = 0; i < Talks.MOST_UNREAD; i++) {
            assertThat(keep("a", "x")).isTrue();
        }
        assertThat(keep("b", "x")).isFalse();
        talks.takeUnread(talks.with("a"));
        assertThat(keep("b", "x")).isTrue();
    }

    @Test
    void neitherAreMoreCharactersThanTheBound() {
        String large = "x".repeat(Talks.MOST_UNREAD_CHARACTERS / 2);
        assertThat(keep("a", large)).isTrue();
        assertThat(keep("a", large)).isTrue();
        assertThat(keep("a", "x")).isFalse();
        talks.takeUnread(talks.with("a"));
        assertThat(keep("a", large)).isTrue();
    }

    @Test
    void theOldestConversationIsForgottenUnlessSomethingInItIsUnread() {
        keep("unread", "x");
        talks.with("oldest");
        for (int i = 0; i < Talks.MOST; i++) {
            talks.with("other " + i);
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
        Talk talk = talks.with("a");
        for (int i = 0; i < 20; i++) {
            talk.remember(entry("a", i + "x".repeat(50_000)));
        }
        assertThat(talk.recent()).hasSize(Talk.RECENT).allSatisfy(each -> assertThat(each.text())
                .hasSizeLessThan(2_000));
        assertThat(talk.recent().get(Talk.RECENT - 1).text()).startsWith("19x");
    }
}
