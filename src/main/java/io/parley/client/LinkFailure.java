package io.parley.client;

import io.parley.protocol.ByeReason;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Why there is no connection (any more): an expected failure, so it has no stack trace. What to tell a person is
 * decided by its {@link Kind}.
 */
public final class LinkFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as a person can do something about it. */
    public enum Kind {
        UNKNOWN_HOST,
        /** Nobody listens there, or nobody can be reached. */
        NO_SERVER,
        /** The file with the authority to trust cannot be read, or is none. */
        CA_UNREADABLE,
        /** The certificate was signed by an authority that is not trusted. */
        UNKNOWN_CA,
        WRONG_HOST_NAME,
        CERTIFICATE_EXPIRED,
        /** The other side does not speak TLS, or nothing that both understand. */
        TLS_FAILED,
        /** The node is silent: during the handshake, after a login, or after a ping. */
        NO_ANSWER,
        LOST,
        /** The other side does not speak this protocol. */
        NOT_PARLEY,
        /** The node said why: {@link #bye()}. */
        BYE,
        /** This program's own handler failed on a message, which therefore is not acknowledged. */
        HANDLER_FAILED,
        /** This program closed the client. */
        CLOSED
    }

    private final Kind kind;
    private final ByeReason bye;
    private final Duration retryAfter;

    private LinkFailure(Kind kind, String detail, ByeReason bye, Duration retryAfter, Throwable cause) {
        super(detail, cause, false, false);
        this.kind = kind;
        this.bye = bye;
        this.retryAfter = retryAfter;
    }

    static LinkFailure of(Kind kind, String detail) {
        return new LinkFailure(kind, detail, null, Duration.ZERO, null);
    }

    static LinkFailure of(Kind kind, Throwable cause) {
        return new LinkFailure(kind, String.valueOf(cause.getMessage()), null, Duration.ZERO, cause);
    }

    static LinkFailure bye(ByeReason reason, Duration retryAfter) {
        return new LinkFailure(Kind.BYE, reason.code(), reason, retryAfter, null);
    }

    /** The failure of a connection that was just being made. */
    static LinkFailure whileConnecting(Throwable cause) {
        List<Throwable> chain = chain(cause);
        Kind kind = Kind.LOST;
        if (has(chain, UnknownHostException.class)) {
            kind = Kind.UNKNOWN_HOST;
        } else if (has(chain, ConnectException.class)) {
            kind = Kind.NO_SERVER;
        } else if (has(chain, CertificateException.class)) {
            kind = certificate(chain);
        } else if (has(chain, SSLException.class)) {
            kind = isTimeout(chain) ? Kind.NO_ANSWER : Kind.TLS_FAILED;
        }
        return of(kind, cause);
    }

    public Kind kind() {
        return kind;
    }

    /** The node's reason; null unless the kind is BYE. */
    public ByeReason bye() {
        return bye;
    }

    /** How long the node asks to stay away; zero when it did not say. */
    public Duration retryAfter() {
        return retryAfter;
    }

    @Override
    public String toString() {
        return kind + ": " + getMessage();
    }

    /** The JDK's own types tell an expired certificate and an untrusted one; what is left is the host name. */
    private static Kind certificate(List<Throwable> chain) {
        if (has(chain, CertificateExpiredException.class) || has(chain, CertificateNotYetValidException.class)) {
            return Kind.CERTIFICATE_EXPIRED;
        }
        boolean untrusted = has(chain, CertPathBuilderException.class) || has(chain, CertPathValidatorException.class);
        return untrusted ? Kind.UNKNOWN_CA : Kind.WRONG_HOST_NAME;
    }

    private static boolean isTimeout(List<Throwable> chain) {
        return chain.stream().anyMatch(each -> String.valueOf(each.getMessage()).contains("timed out"));
    }

    private static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
        return chain.stream().anyMatch(type::isInstance);
    }

    private static List<Throwable> chain(Throwable cause) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable each = cause; each != null && !chain.contains(each); each = each.getCause()) {
            chain.add(each);
        }
        return chain;
    }
}
