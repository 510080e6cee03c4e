package io.parley.dev;

import io.parley.config.TlsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The self-signed certificate of {@code parley dev}: ECDSA P-256, for {@code localhost}, {@code 127.0.0.1} and {@code
 * ::1}, kept in {@code tls/server.crt} and {@code tls/server.key}. Clients trust it by {@code --ca tls/server.crt}.
 *
 * <p>The JDK's own {@code keytool} makes it: the one way that is there on every JDK without a library.
 */
public final class DevCertificate {
    private static final int VALID_DAYS = 365;

    /** Anew when it would end sooner, so that it does not end, nor is warned of, while a developer works. */
    private static final Duration RENEW_BEFORE_END = Duration.ofDays(21);

    /** Of RFC 5280; made by versions that knew no cluster, a certificate lacks it. */
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private static final int KEYTOOL_TIMEOUT_SECONDS = 60;
    private static final String ALIAS = "parley";

    private final Path certificate;
    private final Path key;
    private final Clock clock;

    DevCertificate(Path data, Clock clock) {
        Path directory = data.resolve("tls");
        this.certificate = directory.resolve("server.crt");
        this.key = directory.resolve("server.key");
        this.clock = clock;
    }

    /** The one kept under this data directory, or a new one when there is none that is good for some days. */
    public static TlsConfig in(Path data) throws IOException {
        return new DevCertificate(data, Clock.systemUTC()).ensure();
    }

    TlsConfig ensure() throws IOException {
        if (!isGood()) {
            make();
        }
        return new TlsConfig(certificate, key);
    }

    private boolean isGood() throws IOException {
        if (!Files.isRegularFile(certificate) || !Files.isRegularFile(key)) {
            return false;
        }
        try (InputStream pem = Files.newInputStream(certificate)) {
            X509Certificate kept =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
            Instant now = clock.instant();
            return now.plus(RENEW_BEFORE_END).isBefore(kept.getNotAfter().toInstant())
                    && kept.getExtendedKeyUsage().contains(CLIENT_AUTH);
        } catch (CertificateException unreadable) {
            return false;
        }
    }

    private void make() throws IOException {
        Path directory = Files.createDirectories(certificate.getParent());
        Path store = directory.resolve("making.p12");
        // Without the certificate the key counts for nothing: whenever this is interrupted, both are made again.
        Files.deleteIfExists(certificate);
        Files.deleteIfExists(store);
        try {
            String password = Secrets.password();
            runKeytool(store, password);
            KeyStore made = KeyStore.getInstance("PKCS12");
            try (InputStream content = Files.newInputStream(store)) {
                made.load(content, password.toCharArray());
            }
            Secrets.write(
                    key,
                    pem(
                            "PRIVATE KEY",
                            made.getKey(ALIAS, password.toCharArray()).getEncoded()));
            Path aside = directory.resolve("server.crt.making");
            Files.writeString(
                    aside, pem("CERTIFICATE", made.getCertificate(ALIAS).getEncoded()));
            Files.move(aside, certificate, StandardCopyOption.ATOMIC_MOVE);
        } catch (GeneralSecurityException unreadable) {
            throw new IOException("keytool made what cannot be read", unreadable);
        } finally {
            Files.deleteIfExists(store);
        }
    }

    private static void runKeytool(Path store, String password) throws IOException {
        ProcessBuilder keytool = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1", // It lives for half a second
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-validity",
                Integer.toString(VALID_DAYS),
                "-dname",
                "CN=localhost, O=Parley development",
                "-ext",
                "SAN=DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1",
                "-ext",
                "EKU=serverAuth,clientAuth", // Nodes of a cluster show it to each other
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                "PARLEY_STORE_PASSWORD"));
        // In the environment, as every user of the machine can read a command line.
        keytool.environment().put("PARLEY_STORE_PASSWORD", password);
        Process process = keytool.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(KEYTOOL_TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("keytool failed: " + said.strip());
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while keytool makes a certificate");
        }
    }

    private static String pem(String type, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }
}
