package io.parley.auth;

/** Hears how far an import is. Called on any thread, also on several at once, and must not wait. */
@FunctionalInterface
public interface ImportProgress {

    /** What takes time, in this order. */
    enum Step {
        /** The passwords are hashed; nothing is in the table yet. */
        HASHING,
        /** The rows are written, in one transaction. */
        WRITING
    }

    /** {@code done} of {@code total} accounts are through this step. */
    void at(Step step, int done, int total);
}
