package io.parley.profile;

import java.nio.file.Path;

/**
 * Why a profile or its token cannot be used or kept: an expected failure, so it has no stack trace. Names the file, and
 * the field when it is about one; holds no token and no value of a field that may be a secret.
 */
public final class ProfileFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Each has a sentence for people in {@code cli/messages.properties}. */
    public enum Problem {
        /** The file cannot be read. */
        UNREADABLE,
        /** Larger than any honest one; detail: the limit in bytes. */
        TOO_LARGE,
        /** Not a JSON object; detail: line and column. */
        SYNTAX,
        /** The field's value is not allowed; detail: what is. */
        WRONG,
        /** There is no such field; detail: those that there are. */
        UNKNOWN_FIELD,
        /** A field for a password, which does not belong there. */
        SECRET,
        /** There is no such profile; detail: those that there are. */
        NO_PROFILE,
        /** The file, directory or link was made by somebody else. */
        FOREIGN,
        /** Others may change the file or directory. */
        WRITABLE,
        /** Others may read the token. */
        READABLE,
        /** The file system keeps no owners and permissions. */
        UNPROTECTED,
        /** The token is in a file that was not made by a login. */
        NOT_OURS,
        /** The file could not be written; detail: why. */
        NOT_WRITTEN
    }

    private final Problem problem;
    private final transient Path file;
    private final String field;
    private final String detail;

    private ProfileFault(Problem problem, Path file, String field, String detail) {
        super(problem + " " + file + " " + field, null, false, false);
        this.problem = problem;
        this.file = file;
        this.field = field;
        this.detail = detail;
    }

    static ProfileFault of(Problem problem, Path file, String detail) {
        return new ProfileFault(problem, file, "", detail);
    }

    static ProfileFault of(Problem problem, Path file) {
        return of(problem, file, "");
    }

    /** @param field  the profile and the field in it, as in {@code default.port} */
    static ProfileFault at(String field, Problem problem, Path file, String detail) {
        return new ProfileFault(problem, file, field, detail);
    }

    public Problem problem() {
        return problem;
    }

    public Path file() {
        return file;
    }

    /** Empty when it is about the whole file. */
    public String field() {
        return field;
    }

    public String detail() {
        return detail;
    }
}
