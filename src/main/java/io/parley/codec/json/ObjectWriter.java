package io.parley.codec.json;

import io.vertx.core.json.JsonObject;

/**
 * Writes a JSON object, its fields in the order of the calls: the content of hot frames, for which it costs less than
 * building a JsonObject and having it encoded (performance.md). Writes byte for byte what that would.
 */
final class ObjectWriter {

    private static final String HEXADECIMAL = "0123456789ABCDEF";

    /** Chosen: more than a receipt has. */
    private static final int CHARACTERS = 160;

    private final StringBuilder json = new StringBuilder(CHARACTERS);

    ObjectWriter put(String name, String text) {
        name(name);
        if (text == null) {
            json.append("null");
        } else {
            json.append('"').append(escaped(text)).append('"');
        }
        return this;
    }

    ObjectWriter put(String name, long number) {
        name(name).append(number);
        return this;
    }

    ObjectWriter put(String name, JsonObject object) {
        name(name).append(object.encode());
        return this;
    }

    private StringBuilder name(String name) {
        return json.append(json.isEmpty() ? "{\"" : ",\"").append(name).append("\":");
    }

    /** What stands for the text between quotes; mostly the text itself. */
    static String escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (hasEscape(text.charAt(i))) {
                return escapedFrom(i, text);
            }
        }
        return text;
    }

    private static boolean hasEscape(char each) {
        return each < ' ' || each == '"' || each == '\\';
    }

    private static String escapedFrom(int first, String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char each = text.charAt(i);
            if (hasEscape(each)) {
                escape(escaped, each);
            } else {
                escaped.append(each);
            }
        }
        return escaped.toString();
    }

    private static void escape(StringBuilder escaped, char each) {
        switch (each) {
            case '"', '\\' -> escaped.append('\\').append(each);
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            case '\b' -> escaped.append("\\b");
            case '\f' -> escaped.append("\\f");
            default ->
                escaped.append("\\u00").append(HEXADECIMAL.charAt(each >> 4)).append(HEXADECIMAL.charAt(each & 15));
        }
    }

    /** The whole object, at least one field of it. */
    String end() {
        return json.append('}').toString();
    }
}
