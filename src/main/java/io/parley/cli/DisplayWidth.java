package io.parley.cli;

import org.jline.utils.WCWidth;

/** How many columns of a terminal a text takes: a Chinese character two, an accent none. */
public final class DisplayWidth {

    private DisplayWidth() {}

    public static int of(String text) {
        return text.codePoints().map(DisplayWidth::of).sum();
    }

    /** Of one code point; control characters, which should not be printed anyway, count as none. */
    public static int of(int codePoint) {
        return Math.max(0, WCWidth.wcwidth(codePoint));
    }
}
