package io.parley.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A private authority that signs certificates for the nodes of a test's cluster; made by the JDK's keytool. */
public final class TestAuthority {

    private static final String PASSWORD = "for tests";
    private static final String AUTHORITY = "authority";

    private final Path directory;
    private int signed;

    /** PEM files. */
    public record Signed(Path certificate, Path key) {}

    private TestAuthority(Path directory) {
        this.directory = directory;
        keytool(
                "-genkeypair",
                "-alias",
                AUTHORITY,
                "-keyalg",
                "EC",
                "-dname",
                "CN=authority of a test",
                "-ext",
                "bc:c",
                "-validity",
                "2");
        writeCertificate(certificate(), AUTHORITY);
    }

    /** Keeps its files there. */
    public static TestAuthority in(Path directory) {
        return new TestAuthority(directory);
    }

    /** The PEM file to trust. */
    public Path certificate() {
        return directory.resolve("ca.crt");
    }

    /** A new key, and a certificate for it. */
    public Signed sign(String name) {
        String alias = name + signed++;
        keytool(
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-signer",
                AUTHORITY,
                "-validity",
                "2");
        Signed made = new Signed(directory.resolve(alias + ".crt"), directory.resolve(alias + ".key"));
        writeCertificate(made.certificate(), alias);
        try {
            write(
                    made.key(),
                    "PRIVATE KEY",
                    load().getKey(alias, PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        return made;
    }

    private void writeCertificate(Path file, String alias) {
        try {
            write(file, "CERTIFICATE", load().getCertificate(alias).getEncoded());
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private KeyStore load() {
        try (InputStream content = Files.newInputStream(path())) {
            KeyStore loaded = KeyStore.getInstance("PKCS12");
            loaded.load(content, PASSWORD.toCharArray());
            return loaded;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private Path path() {
        return directory.resolve("authority.p12");
    }

    private static void write(Path file, String type, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        try {
            Files.writeString(file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add("-J-XX:TieredStopAtLevel=1");
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", path().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool failed: " + command);
            }
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
