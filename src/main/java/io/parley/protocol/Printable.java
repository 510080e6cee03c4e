package io.parley.protocol;

/**
 * Text from other people, made fit for a terminal: what would move the cursor, start an escape sequence or turn the
 * direction of writing is shown as a sign for itself, so nobody can draw on someone else's screen or fake a line.
 */
public final class Printable {

    private static final int CONTROL_PICTURES = 0x2400;
    private static final int DELETE_PICTURE = 0x2421;
    private static final int REPLACEMENT = 0xfffd;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private Printable() {}

    /** On one line, whatever the text is. */
    public static String line(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().map(Printable::visible).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** On as many lines as the text has: ends of lines and tabs stay. */
    public static String lines(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.replace("\r\n", "\n")
                .codePoints()
                .map(c -> c == '\n' || c == '\t' ? c : visible(c))
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** Joiners stay: emoji and several scripts are written with them, and they move nothing. */
    private static int visible(int c) {
        if (c < 0x20) {
            return CONTROL_PICTURES + c;
        }
        if (c == 0x7f) {
            return DELETE_PICTURE;
        }
        if (c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER) {
            return c;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> REPLACEMENT;
            default -> c;
        };
    }
}
