package io.parley.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.TlsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevCertificateIT {

    @Test
    void namesThisMachineAndMatchesItsKey(@TempDir Path data) throws Exception {
        TlsConfig made = DevCertificate.in(data);
        X509Certificate certificate = read(made);
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactlyInAnyOrder("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(((ECPublicKey) certificate.getPublicKey())
                        .getParams()
                        .getOrder()
                        .bitLength())
                .isEqualTo(256);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(readKey(made));
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void onlyItsOwnerMayReadTheKey(@TempDir Path data) throws Exception {
        TlsConfig made = DevCertificate.in(data);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.key())))
                .isEqualTo("rw-------");
        assertThat(data.resolve("tls").toFile().list()).containsExactlyInAnyOrder("server.crt", "server.key");
    }

    @Test
    void isKeptUntilThreeWeeksBeforeItsEnd(@TempDir Path data) throws Exception {
        X509Certificate first = read(DevCertificate.in(data));
        assertThat(read(after(Duration.ofDays(343), data))).isEqualTo(first);
        assertThat(read(after(Duration.ofDays(345), data))).isNotEqualTo(first);
    }

    @Test
    void isMadeAnewWhenAPartOfItIsMissingOrUnreadable(@TempDir Path data) throws Exception {
        TlsConfig made = DevCertificate.in(data);
        X509Certificate first = read(made);
        Files.delete(made.key());
        X509Certificate second = read(DevCertificate.in(data));
        assertThat(second).isNotEqualTo(first);
        Files.writeString(made.certificate(), "cut off");
        assertThat(read(DevCertificate.in(data))).isNotEqualTo(second);
    }

    private static TlsConfig after(Duration time, Path data) throws Exception {
        return new DevCertificate(data, Clock.offset(Clock.systemUTC(), time)).ensure();
    }

    private static X509Certificate read(TlsConfig tls) throws Exception {
        try (var pem = Files.newInputStream(tls.certificate())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    private static PrivateKey readKey(TlsConfig tls) throws Exception {
        String base64 = Files.readString(tls.key()).replaceAll("-----[A-Z ]+-----", "");
        byte[] content = Base64.getMimeDecoder().decode(base64);
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(content));
    }
}
