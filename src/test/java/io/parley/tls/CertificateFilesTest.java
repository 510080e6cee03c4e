package io.parley.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parley.tls.CertificateFault.Problem;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class CertificateFilesTest {

    private Vertx vertx;
    private CertificatePair pair;

    @BeforeEach
    void open(Vertx vertx, @TempDir Path directory) {
        this.vertx = vertx;
        this.pair = CertificatePair.in(directory);
    }

    private ServerCertificate read(String name) {
        pair.put(name);
        return read(Clock.systemUTC());
    }

    private ServerCertificate read(Clock clock) {
        return new CertificateFiles(vertx, pair.config(Duration.ofSeconds(10)), clock).read(null);
    }

    private CertificateFault fault() {
        Throwable thrown = catchThrowable(() -> read(Clock.systemUTC()));
        assertThat(thrown).isInstanceOf(CertificateFault.class);
        return (CertificateFault) thrown;
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "rsa"})
    void aRightPairIsReadWithItsEndAndSerial(String name) {
        ServerCertificate certificate = read(name);
        assertThat(certificate.leaf()).isEqualTo(CertificatePair.leaf(name));
        assertThat(certificate.expiresAt())
                .isEqualTo(CertificatePair.leaf(name).getNotAfter().toInstant());
        assertThat(new java.math.BigInteger(certificate.serial(), 16))
                .isEqualTo(CertificatePair.leaf(name).getSerialNumber());
    }

    /** Clients check every certificate of the chain; here the authority's is the first to end. */
    @Test
    void aChainEndsWithTheFirstOfItsCertificatesToEnd() {
        ServerCertificate chain = read("signed");
        Instant authority = chain.certificates().get(1).getNotAfter().toInstant();
        assertThat(authority).isBefore(chain.leaf().getNotAfter().toInstant());
        assertThat(chain.expiresAt()).isEqualTo(authority);
        assertThat(catchThrowable(() -> read(Clock.fixed(authority.plusSeconds(1), ZoneOffset.UTC))))
                .isInstanceOfSatisfying(CertificateFault.class, fault -> assertThat(fault.problem())
                        .isEqualTo(Problem.EXPIRED));
    }

    @Test
    void theOldKeyFormatIsReadToo() {
        pair.putCertificate("rsa");
        CertificatePair.write(pair.key(), CertificatePair.sample("rsa-pkcs1.key"));
        assertThat(read(Clock.systemUTC()).leaf()).isEqualTo(CertificatePair.leaf("rsa"));
    }

    @Test
    void whatIsKnownAlreadyComesBackAsItIs() {
        ServerCertificate known = read("first");
        CertificateFiles files = new CertificateFiles(vertx, pair.config(Duration.ofSeconds(10)), Clock.systemUTC());
        assertThat(files.read(known)).isSameAs(known);
        pair.put("second");
        assertThat(files.read(known).leaf()).isEqualTo(CertificatePair.leaf("second"));
    }

    @Test
    void theKeyIsNeitherShownNorInAFault() {
        assertThat(read("first").toString()).doesNotContain("PRIVATE");
        CertificatePair.write(pair.key(), "hunter2");
        assertThat(fault().getMessage()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "first, second, WRONG_KEY",
        "rsa, rsa1024, WRONG_KEY",
        "first, first-encrypted, NO_KEY",
        "first, rsa, NO_KEY",
        "secp256k1, secp256k1, UNFIT_KEY",
        "rsa1024, rsa1024, UNFIT_KEY",
        "expired, expired, EXPIRED"
    })
    void aPairThatCannotBeServedIsAFaultThatNamesTheFile(String certificate, String key, Problem problem) {
        pair.putCertificate(certificate).putKey(key);
        CertificateFault fault = fault();
        assertThat(fault.problem()).isEqualTo(problem);
        boolean ofTheKey = problem == Problem.WRONG_KEY || problem == Problem.NO_KEY;
        assertThat(fault.file()).isEqualTo((ofTheKey ? pair.key() : pair.certificate()).toString());
        assertThat(fault.getMessage()).contains(fault.file()).contains("; ");
    }

    @Test
    void certificatesInTheWrongOrderAreAFault() {
        String chain = CertificatePair.sample("signed.crt");
        int authority = chain.lastIndexOf("-----BEGIN");
        pair.putKey("signed");
        CertificatePair.write(pair.certificate(), chain.substring(authority) + chain.substring(0, authority));
        assertThat(fault().problem()).isEqualTo(Problem.NO_CHAIN);
        CertificatePair.write(pair.certificate(), chain.substring(authority));
        assertThat(fault().problem()).isEqualTo(Problem.WRONG_KEY);
    }

    /** As {@code openssl x509 -text} writes it, or a bundle with titles. */
    @Test
    void textAroundTheCertificatesIsPassedOver() {
        pair.putKey("signed");
        String chain = CertificatePair.sample("signed.crt");
        CertificatePair.write(pair.certificate(), "Certificate:\n    Data: -- 1 --\n" + chain + "\nthe end\n");
        assertThat(read(Clock.systemUTC()).leaf()).isEqualTo(CertificatePair.leaf("signed"));
    }

    @Test
    void aCertificateOfTheFutureIsAFault() {
        pair.put("first");
        Instant begin = CertificatePair.leaf("first").getNotBefore().toInstant();
        assertThat(catchThrowable(() -> read(Clock.fixed(begin.minusSeconds(1), ZoneOffset.UTC))))
                .isInstanceOfSatisfying(CertificateFault.class, fault -> assertThat(fault.problem())
                        .isEqualTo(Problem.NOT_YET_VALID));
        assertThat(read(Clock.fixed(begin, ZoneOffset.UTC))).isNotNull();
    }

    /** In every length: whichever it is, it is a fault and never anything else. */
    @Test
    void halfOfAFileIsAFault() {
        String whole = CertificatePair.sample("signed.crt");
        int firstEnds = whole.indexOf("-----END CERTIFICATE-----") + "-----END CERTIFICATE-----".length();
        for (int length = 0; length < firstEnds; length += 7) {
            pair.putKey("signed");
            CertificatePair.write(pair.certificate(), whole.substring(0, length));
            assertThat(fault().problem()).as("%d bytes", length).isEqualTo(Problem.NO_CERTIFICATE);
        }
        String key = CertificatePair.sample("signed.key");
        for (int length = 0; length < key.indexOf("-----END PRIVATE KEY-----"); length += 7) {
            pair.putCertificate("signed");
            CertificatePair.write(pair.key(), key.substring(0, length));
            assertThat(fault().problem()).as("%d bytes", length).isEqualTo(Problem.NO_KEY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----", "\u0000\u0001"})
    void whatIsNoPemIsAFault(String content) {
        pair.put("first");
        CertificatePair.write(pair.certificate(), content);
        assertThat(fault().problem()).isEqualTo(Problem.NO_CERTIFICATE);
        pair.putCertificate("first");
        CertificatePair.write(pair.key(), content);
        assertThat(fault().problem()).isEqualTo(Problem.NO_KEY);
    }

    @Test
    void aHugeFileIsNotRead() throws IOException {
        pair.put("first");
        try (RandomAccessFile sparse = new RandomAccessFile(pair.key().toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        assertThat(fault().problem()).isEqualTo(Problem.TOO_LARGE);
    }

    @Test
    void whatIsNotThereOrNoFileIsAFault() throws IOException {
        assertThat(fault().problem()).isEqualTo(Problem.UNREADABLE);
        pair.put("first");
        Files.delete(pair.key());
        Files.createDirectory(pair.key());
        CertificateFault fault = fault();
        assertThat(fault.problem()).isEqualTo(Problem.UNREADABLE);
        assertThat(fault.file()).isEqualTo(pair.key().toString());
    }
}
