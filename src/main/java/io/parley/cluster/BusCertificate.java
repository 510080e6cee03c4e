package io.parley.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.parley.config.ClusterConfig.BusTls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whether the other nodes would talk to this one, by its own files. Without this check a node with a wrong certificate
 * starts, joins, and is never heard.
 */
final class BusCertificate {

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final byte[] PROBE = {1, 2, 3};

    private BusCertificate() {}

    /** @throws IllegalStateException with a sentence that names the key of the configuration */
    static void check(BusTls tls) {
        X509Certificate[] chain = certificates("cluster.certificate", tls.certificate());
        X509Certificate[] authority = certificates("cluster.ca", tls.ca());
        PrivateKey key = privateKey(tls.key(), chain[0].getPublicKey().getAlgorithm());
        if (!belongTogether(key, chain[0])) {
            throw wrong("cluster.key", tls.key(), "does not belong to cluster.certificate");
        }
        checkTrusted(chain, authority, tls.certificate());
    }

    private static X509Certificate[] certificates(String name, Path file) {
        try {
            X509Certificate[] found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(read(name, file)))
                    .toArray(X509Certificate[]::new);
            if (found.length > 0) {
                return found;
            }
        } catch (CertificateException | ArrayStoreException unreadable) {
            // The same as none
        }
        throw wrong(name, file, "holds no certificate");
    }

    private static PrivateKey privateKey(Path file, String algorithm) {
        Matcher pem = PKCS8.matcher(new String(read("cluster.key", file), ISO_8859_1));
        if (pem.find()) {
            try {
                byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
                // The same as none
            }
        }
        throw wrong("cluster.key", file, "holds no " + algorithm + " key in the form PKCS#8");
    }

    private static byte[] read(String name, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw wrong(name, file, "cannot be read");
        }
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256with" + key.getAlgorithm();
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException notOfOneKind) {
            return false;
        }
    }

    /** As the others will check it: they call this node, and are called by it. */
    private static void checkTrusted(X509Certificate[] chain, X509Certificate[] authority, Path file) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (X509Certificate each : authority) {
                trusted.setCertificateEntry(Integer.toString(trusted.size()), each);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            X509TrustManager trust = (X509TrustManager) factory.getTrustManagers()[0];
            trust.checkServerTrusted(chain, "UNKNOWN");
            trust.checkClientTrusted(chain, "UNKNOWN");
        } catch (CertificateException notTrusted) {
            throw wrong("cluster.certificate", file, "is not good by cluster.ca: " + root(notTrusted));
        } catch (GeneralSecurityException | IOException cannotCheck) {
            throw wrong("cluster.ca", file, "cannot be used: " + cannotCheck.getMessage());
        }
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }

    private static IllegalStateException wrong(String name, Path file, String why) {
        return new IllegalStateException(name + ": " + file + ' ' + why);
    }
}
