package io.parley.auth;

/** What an import does when a line of its file is at fault. */
public enum BadLines {
    /** No account is made. */
    STOP,
    /** The accounts of the other lines are made. */
    SKIP
}
