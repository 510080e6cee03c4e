package io.parley.protocol;

/** The rule for names of rooms: the one for user ids, as both are words of a line (DESIGN section 5). */
public final class Room {

    public static final int MAX_CHARACTERS = UserId.MAX_CHARACTERS;

    /** What a name must look like, as the end of a sentence for people. */
    public static final String RULE = UserId.RULE;

    /** Where a client of the {@code line} codec is after its login. */
    public static final String LOBBY = "lobby";

    private Room() {}

    public static boolean isValid(String name) {
        return UserId.isValid(name);
    }
}
