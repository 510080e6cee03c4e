package io.parley.protocol;

/**
 * The rule for user ids (DESIGN section 1): 1 to 64 characters, no spaces, control characters, {@code {} or {@code }}.
 */
public final class UserId {

    public static final int MAX_CHARACTERS = 64;

    /** What an id must look like, as the end of a sentence for people. */
    public static final String RULE = "must be 1 to 64 characters without spaces, control characters, { or }";

    private UserId() {}

    /** Braces are barred because they delimit the hash tag in Redis keys; so an id can never leave its own slot. */
    public static boolean isValid(String id) {
        if (id == null || id.isEmpty()) {
            return false;
        }
        int characters = 0;
        for (int i = 0; i < id.length(); ) {
            int c = id.codePointAt(i);
            if (!isAllowed(c) || ++characters > MAX_CHARACTERS) {
                return false;
            }
            i += Character.charCount(c);
        }
        return true;
    }

    private static boolean isAllowed(int c) {
        if (c > ' ' && c < 0x7f) {
            return c != '{' && c != '}';
        }
        return !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && !Character.isISOControl(c)
                && Character.getType(c) != Character.SURROGATE
                && Character.getType(c) != Character.FORMAT;
    }
}
