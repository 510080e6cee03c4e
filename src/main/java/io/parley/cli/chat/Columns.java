package io.parley.cli.chat;

import io.parley.cli.DisplayWidth;
import java.util.ArrayList;
import java.util.List;

/** Text measured in the columns of a terminal, where a Chinese character takes two and an accent none. */
final class Columns {

    /** ASCII, as a terminal for Chinese may show the one-character ellipsis two columns wide. */
    private static final String CUT = "..";

    private Columns() {}

    static int of(String text) {
        return DisplayWidth.of(text);
    }

    /** Exactly this wide: padded with spaces, or cut with a sign that it was. */
    static String fit(String text, int columns) {
        String fitting = of(text) <= columns ? text : cut(text, columns - CUT.length()) + CUT;
        return fitting + " ".repeat(columns - of(fitting));
    }

    /** At most this wide. */
    static String shorten(String text, int columns) {
        return of(text) <= columns ? text : fit(text, columns).stripTrailing();
    }

    /** In lines of at most this many columns, broken at spaces where there are any, between characters elsewhere. */
    static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        String line = cut(rest, columns);
        while (line.length() < rest.length()) {
            int end = rest.charAt(line.length()) == ' ' ? line.length() : line.lastIndexOf(' ');
            if (end <= 0 || isWide(line.codePointBefore(line.length()))) {
                end = line.length();
            }
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
            line = cut(rest, columns);
        }
        lines.add(line);
        return lines;
    }

    /** The longest beginning that fits; at least one character. What has no width stays with what it is written on. */
    private static String cut(String text, int columns) {
        int end = 0;
        int used = 0;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            used += DisplayWidth.of(c);
            if (used > columns && end > 0) {
                break;
            }
            end += Character.charCount(c);
        }
        return text.substring(0, end);
    }

    private static boolean isWide(int c) {
        return DisplayWidth.of(c) == 2;
    }
}
