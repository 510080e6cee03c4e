package io.parley.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateEndTest {

    @TempDir
    Path directory;

    @Test
    void theFirstOfAChainToExpireCounts() throws IOException {
        String shorter = Files.readString(TestCertificate.of("dns:a").authority());
        Path chain = Files.writeString(directory.resolve("chain.pem"), shorter + shorter);
        // What keytool gives a certificate
        Instant expected = Instant.now().plus(Duration.ofDays(90));
        assertThat(Duration.between(CertificateEnd.of(chain), expected).abs()).isLessThan(Duration.ofHours(2));
    }

    @Test
    void whatIsNoCertificateHasExpired() throws IOException {
        assertThat(CertificateEnd.of(directory.resolve("absent"))).isEqualTo(Instant.EPOCH);
        assertThat(CertificateEnd.of(Files.writeString(directory.resolve("empty"), "")))
                .isEqualTo(Instant.EPOCH);
        assertThat(CertificateEnd.of(Files.writeString(directory.resolve("not"), "not a certificate")))
                .isEqualTo(Instant.EPOCH);
        assertThat(CertificateEnd.of(Files.writeString(
                        directory.resolve("broken"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")))
                .isEqualTo(Instant.EPOCH);
    }
}
