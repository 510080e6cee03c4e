package io.parley.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.config.ClusterConfig.BusTls;
import io.parley.config.TlsConfig;
import io.parley.dev.DevCertificate;
import io.parley.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusCertificateTest {

    @TempDir
    static Path directory;

    private static TestAuthority authority;
    private static TestAuthority.Signed signed;
    private static Path garbage;

    @BeforeAll
    static void make() throws IOException {
        authority = TestAuthority.in(directory);
        signed = authority.sign("node");
        garbage = Files.writeString(
                directory.resolve("garbage.pem"),
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
                        + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    }

    private static void failsWith(Path certificate, Path key, Path ca, String... parts) {
        assertThatThrownBy(() -> BusCertificate.check(new BusTls(certificate, key, ca)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContainingAny("Exception", "null");
    }

    @Test
    void whatTheAuthoritySignedIsGood() {
        assertThatCode(() ->
                        BusCertificate.check(new BusTls(signed.certificate(), signed.key(), authority.certificate())))
                .doesNotThrowAnyException();
    }

    /** As {@code parley dev --stores} writes it into its configurations. */
    @Test
    void aCertificateMayBeItsOwnAuthority() throws IOException {
        TlsConfig dev = DevCertificate.in(directory.resolve("dev"));
        assertThatCode(() -> BusCertificate.check(new BusTls(dev.certificate(), dev.key(), dev.certificate())))
                .doesNotThrowAnyException();
    }

    @Test
    void theAuthorityMayBeRenewedWithBothInOneFile() throws IOException {
        TestAuthority next = TestAuthority.in(Files.createDirectory(directory.resolve("next")));
        Path both = Files.writeString(
                directory.resolve("both.crt"),
                Files.readString(next.certificate()) + Files.readString(authority.certificate()));
        assertThatCode(() -> BusCertificate.check(new BusTls(signed.certificate(), signed.key(), both)))
                .doesNotThrowAnyException();
    }

    @Test
    void anAuthorityThatDidNotSignIt() throws IOException {
        TestAuthority another = TestAuthority.in(Files.createDirectory(directory.resolve("another")));
        failsWith(
                signed.certificate(),
                signed.key(),
                another.certificate(),
                "cluster.certificate: " + signed.certificate() + " is not good by cluster.ca: Path does not chain");
    }

    @Test
    void aKeyOfAnotherCertificate() {
        Path other = authority.sign("other").key();
        failsWith(
                signed.certificate(),
                other,
                authority.certificate(),
                "cluster.key: " + other + " does not belong to cluster.certificate");
    }

    @Test
    void filesThatHoldSomethingElse() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        for (Path wrong : new Path[] {garbage, empty}) {
            failsWith(wrong, signed.key(), authority.certificate(), "cluster.certificate: " + wrong + " holds no");
            failsWith(
                    signed.certificate(), wrong, authority.certificate(), "cluster.key: " + wrong + " holds no EC key");
            failsWith(signed.certificate(), signed.key(), wrong, "cluster.ca: " + wrong + " holds no certificate");
        }
        failsWith(signed.key(), signed.key(), authority.certificate(), "cluster.certificate: ", "holds no certificate");
        failsWith(signed.certificate(), signed.certificate(), authority.certificate(), "cluster.key: ", "holds no");
    }

    @Test
    void filesThatAreGoneSinceTheConfigurationWasRead() {
        Path gone = directory.resolve("gone.pem");
        failsWith(gone, signed.key(), authority.certificate(), "cluster.certificate: " + gone + " cannot be read");
        failsWith(signed.certificate(), gone, authority.certificate(), "cluster.key: " + gone + " cannot be read");
        failsWith(signed.certificate(), signed.key(), gone, "cluster.ca: " + gone + " cannot be read");
    }
}
