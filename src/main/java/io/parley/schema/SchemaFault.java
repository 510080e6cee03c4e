package io.parley.schema;

/**
 * The schema cannot be brought up to date, and a person must act. Carries no stack trace: nothing is broken in the
 * code.
 */
public final class SchemaFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What stands in the way. */
    public enum Reason {
        /** A file differs from what was applied: released migrations are never edited, a new one is added. */
        CHANGED,
        /** Another node or command holds the lock for longer than anybody should. */
        LOCKED,
        /** The MySQL user may not create tables. */
        DENIED
    }

    private final Reason reason;
    private final String detail;

    SchemaFault(Reason reason, String detail) {
        super(sentence(reason, detail), null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    public Reason reason() {
        return reason;
    }

    /** The file for CHANGED, the bound for LOCKED, MySQL's words for DENIED. */
    public String detail() {
        return detail;
    }

    private static String sentence(Reason reason, String detail) {
        return switch (reason) {
            case CHANGED ->
                detail + " was changed after it had been applied to this database; "
                        + "put the released file back and write a new migration instead";
            case LOCKED -> "another node or `parley migrate` has been changing this database's schema for " + detail;
            case DENIED ->
                "this MySQL user may not change the schema (" + detail
                        + "); let somebody who may run the output of `parley migrate --print`";
        };
    }
}
