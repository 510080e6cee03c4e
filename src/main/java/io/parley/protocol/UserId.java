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
        return id != null
                && !id.isEmpty()
                && id.codePointCount(0, id.length()) <= MAX_CHARACTERS
                && id.codePoints().allMatch(UserId::isAllowed);
    }

    private static boolean isAllowed(int c) {
        return c != '{'
                && c != '}'
                && !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && !Character.isISOControl(c)
                && Character.getType(c) != Character.SURROGATE
                && Character.getType(c) != Character.FORMAT;
    }
}
