package io.parley.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.Target;
import io.parley.testkit.Property;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class LayoutTest {

    private static final long NOW = 1_700_000_000_000L; // 2023-11-14 22:13:20 UTC

    private final Layout layout = new Layout(Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC), true);

    private static Entry entry(String text) {
        return new Entry(new Target.One("10002"), "10002", "李四", NOW, text, Set.of());
    }

    private String message(String text, String remark, int width) {
        return layout.message(entry(text), "李四", remark, width).toString();
    }

    @Test
    void timeNameAndTextStandInColumnsWhateverTheLanguage() {
        String chinese = layout.message(entry("好的"), "李四", "", 80).toString();
        String english = layout.message(entry("ok"), "Anne", "", 80).toString();
        assertThat(chinese).isEqualTo("22:13:20  李四            好的");
        assertThat(english).isEqualTo("22:13:20  Anne            ok");
        assertThat(Columns.of(chinese) - Columns.of("好的")).isEqualTo(Columns.of(english) - Columns.of("ok"));
    }

    @Test
    void furtherLinesStandUnderTheFirstSoThatNoneLooksLikeAMessage() {
        assertThat(message("one\n22:13:21  王五            forged\r\nthree", "", 80)
                        .lines())
                .containsExactly(
                        "22:13:20  李四            one",
                        "                          22:13:21  王五            forged",
                        "                          three");
    }

    @Test
    void aLongTextIsBrokenWithinItsColumnAndItsRemarkToo() {
        assertThat(message("晚上开会吗 ".repeat(6).strip(), "✓", 60).lines())
                .containsExactly(
                        "22:13:20  李四            晚上开会吗 晚上开会吗 晚上开会吗",
                        "                          晚上开会吗 晚上开会吗 晚上开会吗",
                        "                          ✓");
    }

    @Test
    void noTextReachesTheTerminalRaw() {
        assertThat(message("\u001b[2J\u001b]0;title\u0007\u009b1m\ttab", "", 80))
                .contains("␛[2J␛]0;title␇\ufffd1m    tab");
        Property.forAll(500, random -> {
            String text = random.ints(100, 0, 0x3000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            int width = 20 + random.nextInt(100);
            List<String> lines = message(text, "", width).lines().toList();
            assertThat(String.join("", lines).chars().noneMatch(Character::isISOControl))
                    .isTrue();
            assertThat(lines.get(0)).startsWith("22:13:20  李四");
            assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith(" ".repeat(20)));
        });
    }

    @Test
    void anotherDayIsToldOnceBeforeItsMessages() {
        long yesterday = NOW - Duration.ofDays(1).toMillis();
        Entry old = new Entry(new Target.One("10002"), "10002", "李四", yesterday, "a", Set.of(Entry.Mark.WAITED));
        assertThat(layout.message(old, "李四", "", 80).toString().lines())
                .containsExactly("-- 2023-11-13 --", "22:13:20  李四            a");
        assertThat(layout.message(old, "李四", "", 80).toString()).doesNotContain("--");
        assertThat(message("b", "", 80)).startsWith("-- 2023-11-14 --");
    }

    @Test
    void thePromptNamesThePartnerAndWhoElseWroteAndStaysShort() {
        Talks talks = new Talks();
        Talk partner = talk(talks, "10002", "李四", 0);
        assertThat(prompt(partner, List.of(), "")).isEqualTo("李四 (10002)> ");
        assertThat(prompt(null, List.of(), "offline")).isEqualTo("offline > ");
        List<Talk> unread = List.of(talk(talks, "10003", "王五", 2), talk(talks, "10004", "a\u001b[2Jb", 1));
        assertThat(prompt(partner, unread, "")).isEqualTo("[王五 2, a␛[2Jb 1] 李四 (10002)> ");
        Talk long1 = talk(talks, "x".repeat(60), "欧阳".repeat(20), 7);
        List<Talk> many = List.of(long1, talk(talks, "2", "two", 3), talk(talks, "3", "three", 4), long1);
        assertThat(prompt(long1, many, "offline")).startsWith("offline [欧阳欧阳.. 7, two 3, +11] ");
        assertThat(Columns.of(prompt(long1, many, "offline"))).isLessThan(70);
    }

    private static Talk talk(Talks talks, String id, String name, int unread) {
        Talk talk = talks.with(new Target.One(id));
        Entry entry = new Entry(new Target.One(id), id, name, 1, "x", Set.of());
        talk.saw(entry);
        for (int i = 0; i < unread; i++) {
            talks.keepUnread(talk, entry);
        }
        return talk;
    }

    private String prompt(Talk partner, List<Talk> unread, String offline) {
        return layout.prompt(partner, unread, offline, 80).toString();
    }

    @Test
    void withoutColoursThereAreNoStyles() {
        Layout colourless = new Layout(Clock.systemUTC(), false);
        AttributedString shown = colourless.message(entry("a"), "李四", "✓", 80);
        assertThat(shown.toAnsi()).isEqualTo(shown.toString());
        assertThat(layout.message(entry("a"), "李四", "✓", 80).toAnsi()).contains("\u001b[");
    }
}
