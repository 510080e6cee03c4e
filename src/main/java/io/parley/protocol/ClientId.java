package io.parley.protocol;

/** The rule for client_ids: 1 to 64 printable characters, so that one can be kept, logged and answered safely. */
public final class ClientId {

    public static final int MAX_CHARACTERS = 64;

    /** What an id must look like, as the end of a sentence for people. */
    public static final String RULE = "must be 1 to 64 printable characters";

    private ClientId() {}

    public static boolean isValid(String id) {
        if (id == null || id.isEmpty()) {
            return false;
        }
        int characters = 0;
        for (int i = 0; i < id.length(); ) {
            int c = id.codePointAt(i);
            if (!isPrintable(c) || ++characters > MAX_CHARACTERS) {
                return false;
            }
            i += Character.charCount(c);
        }
        return true;
    }

    private static boolean isPrintable(int c) {
        if (c >= ' ' && c < 0x7f) {
            return true;
        }
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
