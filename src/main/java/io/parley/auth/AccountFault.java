package io.parley.auth;

/**
 * One thing that keeps an account command from being done. Says what, not in which language: the command line has the
 * sentences, by the reason's name.
 *
 * @param line    in the imported file; 0 when there is none
 * @param detail  the id, the limit or the column that it is about; never a password
 */
public record AccountFault(Reason reason, int line, String detail) {

    public enum Reason {
        BAD_ID,
        BAD_NAME,
        NO_PASSWORD,
        PASSWORD_TOO_LONG,
        BAD_ROLE,
        /** The id is taken already. */
        EXISTS,
        /** The id stands in the file twice. */
        TWICE,
        UNKNOWN,
        DISABLED,
        /** A line has fewer than 3 or more than 4 columns. */
        COLUMNS,
        /** A quote is not closed on its line, or stands within a value. */
        QUOTE,
        NOT_UTF8,
        UNREADABLE_FILE,
        EMPTY_FILE,
        FILE_TOO_LARGE,
        TOO_MANY_ACCOUNTS,
        /** Accounts are in a table of the operator's own, which Parley only reads. */
        FOREIGN_TABLE,
        /** There is no key to sign tokens with. */
        CANNOT_SIGN,
        /** A token would live longer than the configuration allows. */
        LIFE_TOO_LONG,
        /** The account was changed, but Redis could not be told to end its tokens: the command must be repeated. */
        TOKENS_NOT_ENDED
    }

    AccountFault(Reason reason, String detail) {
        this(reason, 0, detail);
    }
}
