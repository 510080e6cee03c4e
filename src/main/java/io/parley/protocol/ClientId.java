package io.parley.protocol;

/** The rule for client_ids: 1 to 64 printable characters, so that one can be kept, logged and answered safely. */
public final class ClientId {

    public static final int MAX_CHARACTERS = 64;

    /** What an id must look like, as the end of a sentence for people. */
    public static final String RULE = "must be 1 to 64 printable characters";

    private ClientId() {}

    public static boolean isValid(String id) {
        return id != null
                && !id.isEmpty()
                && id.codePointCount(0, id.length()) <= MAX_CHARACTERS
                && id.codePoints().allMatch(ClientId::isPrintable);
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
