package io.parley.codec.text;

import java.util.Locale;

/**
 * What somebody typed, cut at its first white space.
 *
 * @param first  empty when nothing was typed
 * @param rest   without the white space before it; empty when there is no more
 */
public record Words(String first, String rest) {

    public static Words of(String text) {
        String typed = text.stripLeading();
        for (int i = 0; i < typed.length(); i++) {
            if (Character.isWhitespace(typed.charAt(i))) {
                return new Words(typed.substring(0, i), typed.substring(i).stripLeading());
            }
        }
        return new Words(typed, "");
    }

    /** The first word as the name of a command: capitals do not matter. */
    public String command() {
        return first.toLowerCase(Locale.ROOT);
    }

    public Words next() {
        return of(rest);
    }
}
