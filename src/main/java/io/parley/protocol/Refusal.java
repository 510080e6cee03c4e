package io.parley.protocol;

import java.time.Duration;
import java.util.Objects;

/**
 * An expected no: a code for programs, a sentence for people, and when to try again.
 *
 * <p>It is a value with equality, and also the failure of a future, so it carries no stack trace: nothing is broken in
 * the code when a password is wrong. The detail names the field or the limit, and never a password or a token.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final Duration retryAfter;

    public Refusal(ErrorCode code, String detail) {
        this(code, detail, Duration.ZERO);
    }

    /** @param retryAfter how long to wait before the next try; zero says nothing about it */
    public Refusal(ErrorCode code, String detail, Duration retryAfter) {
        super(Objects.requireNonNull(detail), null, false, false);
        this.code = Objects.requireNonNull(code);
        this.retryAfter = Objects.requireNonNull(retryAfter);
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return getMessage();
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Refusal that
                && code == that.code
                && detail().equals(that.detail())
                && retryAfter.equals(that.retryAfter);
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, detail(), retryAfter);
    }

    @Override
    public String toString() {
        return code.code() + ": " + detail();
    }
}
