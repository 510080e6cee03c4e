package io.parley.config;

/**
 * One thing that is wrong with a configuration. It never holds a secret, nor the value of a key that is not known, as
 * that may be a secret under a misspelt name.
 *
 * @param key     the key, or the place, for example {@code mysql.port}
 * @param origin  the environment variable or system property that said it; empty for the file
 * @param found   what was found; empty when there is nothing to show
 * @param detail  by problem: what is allowed, the nearest known key, or the other key that it collides with
 */
public record Fault(Problem problem, String key, String origin, String found, String detail) {

    /** Long enough to recognise a value, short enough for a line. */
    private static final int SHOWN_CHARACTERS = 80;

    /** Each has a sentence for people in {@code cli/messages.properties}. */
    public enum Problem {
        /** Nobody gave a required key; detail: what is allowed. */
        MISSING,
        /** Another setting needs this key; detail: that setting. */
        NEEDED,
        /** Another setting makes this key meaningless; detail: that setting. */
        USELESS,
        /** The value is not allowed; detail: what is. */
        WRONG,
        /** Nobody knows this key; detail: the nearest known one, or empty. */
        UNKNOWN,
        /** The value is taken by another key; detail: that key. */
        TAKEN,
        /** The file that the key names cannot be read. */
        UNREADABLE,
        /** The configuration file is not JSON; found: line and column. */
        SYNTAX
    }

    public Fault {
        key = shown(key);
        origin = shown(origin);
        found = shown(found);
    }

    /** Cut, and without control characters, so that a hostile file cannot draw on the terminal or forge a log line. */
    private static String shown(String text) {
        String cut = text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    }

    /** For logs; people get the sentences of the command line. */
    @Override
    public String toString() {
        return key + " problem=" + problem + (found.isEmpty() ? "" : " found=" + found) + " detail=" + detail;
    }
}
