package io.parley.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A certificate chain and its key that were read from PEM files and found right: what a listener can serve.
 *
 * @param pem           the chain, the leaf first
 * @param key           PEM
 * @param certificates  what {@code pem} says, in its order
 */
public record ServerCertificate(Buffer pem, Buffer key, List<X509Certificate> certificates) {

    X509Certificate leaf() {
        return certificates.get(0);
    }

    /** When the first of the chain ends: clients check them all. */
    public Instant expiresAt() {
        return certificates.stream()
                .map(each -> each.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** When the last of the chain becomes valid. */
    Instant validFrom() {
        return certificates.stream()
                .map(each -> each.getNotBefore().toInstant())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Hexadecimal, as {@code openssl x509 -serial} prints it. */
    public String serial() {
        String digits = leaf().getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
        return digits.length() % 2 == 0 ? digits : '0' + digits;
    }

    /** By content, not by path, so that what was checked is what is served, whatever the files hold by now. */
    public KeyCertOptions options() {
        return new PemKeyCertOptions().addCertValue(pem).addKeyValue(key);
    }

    boolean isMadeOf(Buffer otherPem, Buffer otherKey) {
        return pem.equals(otherPem) && key.equals(otherKey);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "certificate serial=" + serial() + " ends=" + expiresAt();
    }
}
