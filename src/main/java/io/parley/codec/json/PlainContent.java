package io.parley.codec.json;

import java.nio.charset.StandardCharsets;

/**
 * The content that nearly every frame has, read without Jackson, in less than half of the time (performance.md): one
 * flat object of a few fields that are strings without escapes, whole numbers, true or false.
 *
 * <p>It decides nothing: what is of another shape, and so all that is wrong, is no plain content, and {@link Content}
 * reads it from the start. So it must only never take for valid what Jackson would refuse, or read it differently.
 */
final class PlainContent {

    /** A delivery has ten. Chosen so that looking for a name in a row is quicker than in a map. */
    private static final int MAX_FIELDS = 12;

    /** Jackson has a bound for names, far above this one. */
    private static final int MAX_NAME_CHARACTERS = 64;

    /** Every number of so many digits is a long. */
    private static final int MAX_DIGITS = 18;

    private static final char REPLACEMENT = '\ufffd';

    private final byte[] bytes;
    private int at;

    private final String[] names = new String[MAX_FIELDS];
    private final Object[] values = new Object[MAX_FIELDS];
    private int size;

    private PlainContent(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Null when it is of another shape. */
    static PlainContent of(byte[] bytes) {
        PlainContent content = new PlainContent(bytes);
        return content.readObject() ? content : null;
    }

    /** A String, Long or Boolean; null when there is no such field. */
    Object value(String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }

    private boolean readObject() {
        if (next() != '{') {
            return false;
        }
        if (peek() == '}') {
            return at + 1 == bytes.length;
        }
        byte end;
        do {
            if (!readField()) {
                return false;
            }
            end = next();
        } while (end == ',');
        return end == '}' && at == bytes.length;
    }

    private boolean readField() {
        if (size == MAX_FIELDS || next() != '"') {
            return false;
        }
        String name = string();
        if (name == null || name.length() > MAX_NAME_CHARACTERS || value(name) != null || next() != ':') {
            return false;
        }
        Object value = readValue();
        names[size] = name;
        values[size++] = value;
        return value != null;
    }

    private Object readValue() {
        byte first = next();
        if (first == '"') {
            return string();
        }
        if (first >= '0' && first <= '9') {
            return number(first - '0');
        }
        if (first == 't') {
            return literal("rue") ? Boolean.TRUE : null;
        }
        return first == 'f' && literal("alse") ? Boolean.FALSE : null;
    }

    /** The rest of a string, whose opening quote was read. Null when it has an escape, or is not valid. */
    private String string() {
        int from = at;
        boolean ascii = true;
        for (int i = from; i < bytes.length; i++) {
            byte each = bytes[i];
            if (each == '"') {
                at = i + 1;
                return ascii ? new String(bytes, from, i - from, StandardCharsets.ISO_8859_1) : decoded(from, i);
            }
            if (each < ' ') {
                if (each >= 0) {
                    return null;
                }
                ascii = false;
            } else if (each == '\\') {
                return null;
            }
        }
        return null;
    }

    /** The JDK puts a sign for what is not valid; whoever sent that sign itself is read by Jackson. */
    private String decoded(int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : null;
    }

    /** The rest of a whole number that begins with this digit; what follows it is not looked at. */
    private Long number(int first) {
        long number = first;
        int from = at - 1;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            number = number * 10 + bytes[at++] - '0';
        }
        int digits = at - from;
        return digits > MAX_DIGITS || first == 0 && digits > 1 ? null : number;
    }

    private boolean literal(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            if (at == bytes.length || bytes[at++] != rest.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The next byte that is no space; 0 at the end. */
    private byte next() {
        byte next = peek();
        at++;
        return next;
    }

    private byte peek() {
        while (at < bytes.length && bytes[at] == ' ') {
            at++;
        }
        return at < bytes.length ? bytes[at] : 0;
    }
}
