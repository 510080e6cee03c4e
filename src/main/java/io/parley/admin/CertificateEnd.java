package io.parley.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;

/** When the certificates of a PEM file expire. */
public final class CertificateEnd {

    private CertificateEnd() {}

    /**
     * The end of the first one to expire, as clients check them all. A file without a readable certificate counts as
     * long expired: what is wrong with it is said by the listener that cannot use it.
     */
    public static Instant of(Path pem) {
        try (InputStream bytes = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(bytes).stream()
                    .map(CertificateEnd::end)
                    .min(Comparator.naturalOrder())
                    .orElse(Instant.EPOCH);
        } catch (IOException | CertificateException unreadable) {
            return Instant.EPOCH;
        }
    }

    private static Instant end(Certificate certificate) {
        return ((X509Certificate) certificate).getNotAfter().toInstant();
    }
}
