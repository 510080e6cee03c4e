package io.parley.codec.json;

import io.vertx.core.json.JsonObject;

/**
 * Writes a JSON object, its fields in the order of the calls: the content of hot frames, for which it costs half of
 * building a JsonObject and having it encoded (measured, performance.md). Writes byte for byte what that would.
 */
final class ObjectWriter {

    private static final String HEXADECIMAL = "0123456789ABCDEF";

    /** Chosen: the names of a delivery and a short text; a longer one makes it grow once or twice. */
    private static final int CHARACTERS = 320;

    private final StringBuilder json = new StringBuilder(CHARACTERS);

    ObjectWriter put(String name, String text) {
        name(name);
        if (text == null) {
            json.append("null");
            return this;
        }
        json.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each < ' ' || each == '"' || each == '\\') {
                escape(json.append(text, from, i), each);
                from = i + 1;
            }
        }
        // A piece of a text is copied character by character, a whole text at once.
        (from == 0 ? json.append(text) : json.append(text, from, text.length())).append('"');
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

    private static void escape(StringBuilder json, char each) {
        switch (each) {
            case '"', '\\' -> json.append('\\').append(each);
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            case '\b' -> json.append("\\b");
            case '\f' -> json.append("\\f");
            default ->
                json.append("\\u00").append(HEXADECIMAL.charAt(each >> 4)).append(HEXADECIMAL.charAt(each & 15));
        }
    }

    /** The whole object, at least one field of it. */
    String end() {
        return json.append('}').toString();
    }
}
