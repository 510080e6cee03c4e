package io.parley.tls;

import java.nio.file.Path;

/**
 * The files of the certificate cannot be served, and a person must act. Carries no stack trace, as nothing is broken in
 * the code, and nothing of the key's file.
 */
public final class CertificateFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the file, and what to do about it. The command line has the same in two languages. */
    public enum Problem {
        UNREADABLE("cannot be read", "put a file there that the node's user may read"),
        TOO_LARGE("is larger than a certificate or a key", "put only these there"),
        NO_CERTIFICATE("holds no certificate", "write the leaf and then its chain there, in PEM"),
        NO_CHAIN("is no chain of certificates", "write the leaf first there, then each one that signed the one before"),
        NO_KEY("holds no key for the certificate", "write the certificate's key there, in PEM, unencrypted"),
        WRONG_KEY("is not the key of the first certificate", "put the two that belong together there, the leaf first"),
        UNFIT_KEY("has a key that TLS does not take", "use ECDSA on P-256, P-384 or P-521, or RSA from 2048 bits on"),
        EXPIRED("has ended", "put a renewed one there"),
        NOT_YET_VALID("is not valid yet", "put one there that is, or set this machine's clock right"),
        REFUSED("is not taken by the listeners", "put one there that is");

        private final String sentence;
        private final String advice;

        Problem(String sentence, String advice) {
            this.sentence = sentence;
            this.advice = advice;
        }
    }

    private final Problem problem;
    private final String file;
    private final String detail;

    CertificateFault(Problem problem, Path file, String detail) {
        super(
                file + " " + problem.sentence + (detail.isEmpty() ? "" : " (" + detail + ")") + "; " + problem.advice,
                null,
                false,
                false);
        this.problem = problem;
        this.file = file.toString();
        this.detail = detail;
    }

    public Problem problem() {
        return problem;
    }

    /** The one of the two files to look at. */
    public String file() {
        return file;
    }

    /** More about it; may be empty. */
    public String detail() {
        return detail;
    }

    boolean isSameAs(CertificateFault other) {
        return other != null && getMessage().equals(other.getMessage());
    }
}
