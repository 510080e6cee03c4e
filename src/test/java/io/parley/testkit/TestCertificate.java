package io.parley.testkit;

import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A self-signed certificate for one name, made by the JDK's keytool; so its own file is the authority to trust.
 *
 * @param keyStore   PKCS#12, for the server
 * @param authority  PEM, for clients
 */
public record TestCertificate(Path keyStore, Path authority) {

    private static final String PASSWORD = "for tests";

    /** @param name  as keytool writes alternative names: {@code ip:127.0.0.1}, {@code dns:localhost} */
    public static TestCertificate of(String name) {
        try {
            Path directory = Files.createTempDirectory("parley-tls");
            Path keyStore = directory.resolve("server.p12");
            Path authority = directory.resolve("server.crt");
            keytool(
                    keyStore,
                    "-genkeypair",
                    "-alias",
                    "s",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=test",
                    "-ext",
                    "san=" + name);
            keytool(keyStore, "-exportcert", "-alias", "s", "-rfc", "-file", authority.toString());
            return new TestCertificate(keyStore, authority);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public PfxOptions serverOptions() {
        return new PfxOptions().setPath(keyStore.toString()).setPassword(PASSWORD);
    }

    private static void keytool(Path keyStore, String... arguments) throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        ProcessBuilder builder = new ProcessBuilder(keytool);
        builder.command().addAll(List.of(arguments));
        builder.command()
                .addAll(List.of("-keystore", keyStore.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("keytool failed");
        }
    }
}
