package io.parley.tls;

import io.parley.config.TlsConfig;
import io.parley.tls.CertificateFault.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/** The two files of a certificate: reads and checks them. Blocking; throws a {@link CertificateFault} only. */
final class CertificateFiles {

    /** Far more than a chain of certificates needs; keeps a file that was put there by mistake out of the memory. */
    static final int MAX_BYTES = 1024 * 1024;

    private final Vertx vertx;
    private final TlsConfig files;
    private final Clock clock;

    CertificateFiles(Vertx vertx, TlsConfig files, Clock clock) {
        this.vertx = vertx;
        this.files = files;
        this.clock = clock;
    }

    /** @param known  comes back as it is when the files still hold it; may be null */
    ServerCertificate read(ServerCertificate known) {
        Buffer chain = read(files.certificate());
        Buffer key = read(files.key());
        return known != null && known.isMadeOf(chain, key) ? known : checked(chain, key);
    }

    private static Buffer read(Path file) {
        try {
            // Anything else, a pipe for instance, could hold this thread up for ever.
            if (!Files.isRegularFile(file)) {
                throw new CertificateFault(Problem.UNREADABLE, file, "no such file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new CertificateFault(Problem.TOO_LARGE, file, "");
            }
            try (InputStream content = Files.newInputStream(file)) {
                return Buffer.buffer(content.readNBytes(MAX_BYTES));
            }
        } catch (IOException unreadable) {
            throw new CertificateFault(
                    Problem.UNREADABLE, file, unreadable.getClass().getSimpleName());
        }
    }

    private ServerCertificate checked(Buffer chain, Buffer key) {
        try {
            new PemTrustOptions().addCertValue(chain).getTrustManagerFactory(vertx);
        } catch (Exception notPem) {
            throw new CertificateFault(Problem.NO_CERTIFICATE, files.certificate(), firstLine(notPem));
        }
        X509KeyManager manager = keyManager(new ServerCertificate(chain, key, List.of()));
        String alias = Stream.of("EC", "RSA")
                .map(type -> manager.getServerAliases(type, null))
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .findFirst()
                .orElseThrow(() -> new CertificateFault(Problem.UNFIT_KEY, files.certificate(), ""));
        ServerCertificate read = new ServerCertificate(chain, key, List.of(manager.getCertificateChain(alias)));
        if (!KeyFitness.isFit(read.leaf().getPublicKey())) {
            throw new CertificateFault(Problem.UNFIT_KEY, files.certificate(), "");
        }
        if (!belong(read.leaf(), manager.getPrivateKey(alias))) {
            throw new CertificateFault(
                    Problem.WRONG_KEY, files.key(), files.certificate().toString());
        }
        checkTime(read);
        return read;
    }

    /** The certificates were parsed before, so what fails is their order or the key. Its words are kept to itself. */
    private X509KeyManager keyManager(ServerCertificate unchecked) {
        try {
            KeyManager[] managers =
                    unchecked.options().getKeyManagerFactory(vertx).getKeyManagers();
            return (X509KeyManager) managers[0];
        } catch (KeyStoreException wrongOrder) {
            throw new CertificateFault(Problem.NO_CHAIN, files.certificate(), "");
        } catch (Exception noKey) {
            throw new CertificateFault(Problem.NO_KEY, files.key(), "");
        }
    }

    /** Whether what the key signs is what the certificate's holder signed. */
    private static boolean belong(X509Certificate leaf, PrivateKey key) {
        try {
            Signature probe = Signature.getInstance(
                    leaf.getPublicKey().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
            probe.initSign(key);
            byte[] signed = probe.sign();
            probe.initVerify(leaf.getPublicKey());
            return probe.verify(signed);
        } catch (GeneralSecurityException differentKinds) {
            return false;
        }
    }

    private void checkTime(ServerCertificate read) {
        Instant now = clock.instant();
        if (now.isAfter(read.expiresAt())) {
            throw new CertificateFault(
                    Problem.EXPIRED, files.certificate(), read.expiresAt().toString());
        }
        if (now.isBefore(read.validFrom())) {
            throw new CertificateFault(
                    Problem.NOT_YET_VALID, files.certificate(), read.validFrom().toString());
        }
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
