package io.parley.tls;

import io.parley.config.TlsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;

/** The two files of a certificate in a test's directory; what is put there comes from src/test/resources/tls. */
record CertificatePair(Path certificate, Path key) {

    private static final Path SAMPLES = Path.of("src/test/resources/tls");

    static CertificatePair in(Path directory) {
        return new CertificatePair(directory.resolve("tls.crt"), directory.resolve("tls.key"));
    }

    TlsConfig config(Duration reloadInterval) {
        return new TlsConfig(certificate, key, reloadInterval);
    }

    /** A pair that belongs together. */
    CertificatePair put(String name) {
        return putCertificate(name).putKey(name);
    }

    CertificatePair putCertificate(String name) {
        write(certificate, sample(name + ".crt"));
        return this;
    }

    CertificatePair putKey(String name) {
        write(key, sample(name + ".key"));
        return this;
    }

    static String sample(String name) {
        try {
            return Files.readString(SAMPLES.resolve(name));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** In one step, so that a look never finds half of one file; that is a case of its own. */
    static void write(Path file, String content) {
        try {
            Path aside = file.resolveSibling(file.getFileName() + ".aside");
            Files.writeString(aside, content);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    static X509Certificate leaf(String name) {
        try (InputStream pem = Files.newInputStream(SAMPLES.resolve(name + ".crt"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        } catch (IOException | CertificateException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
