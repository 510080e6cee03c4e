package io.parley.cli.chat;

import io.parley.cli.PlainText;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * How things look in a terminal: a message is its time, who wrote it, and its text, each in a column of its own;
 * further lines of a text stand under its first, so that none can pass for a message. Remembers the day that it showed
 * last.
 */
final class Layout {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int TIME_COLUMNS = 8;
    private static final int NAME_COLUMNS = 14;
    private static final int NAME_COLUMNS_WHERE_NARROW = 8;
    private static final int NARROW = 50;
    private static final int LEAST_TEXT_COLUMNS = 10;
    private static final String GAP = "  ";
    private static final String TAB = "    ";

    private final Clock clock;
    private final boolean colours;
    private LocalDate day;

    Layout(Clock clock, boolean colours) {
        this.clock = clock;
        this.colours = colours;
        this.day = LocalDate.now(clock);
    }

    /**
     * @param who     who wrote it, fit for a terminal
     * @param remark  quietly behind the text; may be empty
     */
    AttributedString message(Entry entry, String who, String remark, int width) {
        LocalDateTime at = LocalDateTime.ofInstant(Instant.ofEpochMilli(entry.at()), clock.getZone());
        AttributedStringBuilder line = new AttributedStringBuilder();
        if (!at.toLocalDate().equals(day)) {
            day = at.toLocalDate();
            line.append(rule(day.toString())).append('\n');
        }
        int names = width < NARROW ? NAME_COLUMNS_WHERE_NARROW : NAME_COLUMNS;
        int indent = TIME_COLUMNS + names + 2 * GAP.length();
        // One column stays free: a terminal that is full to the last one may or may not have begun the next line.
        int columns = Math.max(LEAST_TEXT_COLUMNS, width - indent - 1);
        line.styled(quiet(), at.format(TIME)).append(GAP);
        line.styled(entry.mine() ? quiet() : bold(), Columns.fit(who, names)).append(GAP);
        String margin = "";
        String last = "";
        for (String paragraph : paragraphs(entry.text())) {
            for (String part : Columns.wrap(paragraph, columns)) {
                line.append(margin).append(part);
                margin = "\n" + " ".repeat(indent);
                last = part;
            }
        }
        if (!remark.isEmpty()) {
            boolean fits = Columns.of(last) + 1 + Columns.of(remark) <= columns;
            line.append(fits ? " " : margin).styled(quiet(), remark);
        }
        return line.toAttributedString();
    }

    /** A line across, with words in it. */
    AttributedString rule(String words) {
        return new AttributedString("-- " + words + " --", quiet());
    }

    AttributedString told(String sentences, int width) {
        return new AttributedString(wrapped(sentences, width), quiet());
    }

    AttributedString warned(String sentence, int width) {
        return new AttributedString(wrapped(sentence, width), alarming());
    }

    /** @param unread  the other conversations with unread messages */
    AttributedString prompt(Talk partner, List<Talk> unread, String offline, int width) {
        AttributedStringBuilder prompt = new AttributedStringBuilder();
        if (!offline.isEmpty()) {
            prompt.styled(alarming(), offline).append(' ');
        }
        if (!unread.isEmpty()) {
            prompt.styled(bold(), "[" + counts(unread, width / 3) + "] ");
        }
        String name = partner == null ? "" : Columns.shorten(partner.label(), Math.max(LEAST_TEXT_COLUMNS, width / 3));
        return prompt.styled(quiet(), name + "> ").toAttributedString();
    }

    /** As many names as there is room for, and how many messages are from others. */
    private static String counts(List<Talk> unread, int columns) {
        StringBuilder counts = new StringBuilder();
        int rest = 0;
        for (Talk talk : unread) {
            String count = Columns.shorten(talk.title(), LEAST_TEXT_COLUMNS) + " " + talk.unread();
            if (rest == 0 && (counts.isEmpty() || Columns.of(counts + ", " + count) <= columns)) {
                counts.append(counts.isEmpty() ? "" : ", ").append(count);
            } else {
                rest += talk.unread();
            }
        }
        return rest == 0 ? counts.toString() : counts + ", +" + rest;
    }

    private static List<String> paragraphs(String text) {
        return text.replace("\r\n", "\n")
                .replace("\t", TAB)
                .lines()
                .map(PlainText::of)
                .toList();
    }

    private static String wrapped(String sentences, int width) {
        return String.join(
                "\n",
                sentences
                        .lines()
                        .flatMap(line -> Columns.wrap(line, Math.max(LEAST_TEXT_COLUMNS, width - 1)).stream())
                        .toList());
    }

    private AttributedStyle quiet() {
        return colours ? AttributedStyle.DEFAULT.faint() : AttributedStyle.DEFAULT;
    }

    private AttributedStyle bold() {
        return colours ? AttributedStyle.DEFAULT.bold() : AttributedStyle.DEFAULT;
    }

    private AttributedStyle alarming() {
        return colours ? AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW) : AttributedStyle.DEFAULT;
    }
}
