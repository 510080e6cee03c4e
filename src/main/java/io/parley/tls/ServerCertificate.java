package io.parley.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Locale;

/**
 * A certificate chain and its key that were read from PEM files and found right: what a listener can serve.
 *
 * @param chain  PEM, the leaf first
 * @param key    PEM
 */
public record ServerCertificate(Buffer chain, Buffer key, X509Certificate leaf) {

    /** When clients begin to refuse it. */
    public Instant expiresAt() {
        return leaf.getNotAfter().toInstant();
    }

    /** Hexadecimal, as {@code openssl x509 -serial} prints it. */
    public String serial() {
        String digits = leaf.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
        return digits.length() % 2 == 0 ? digits : '0' + digits;
    }

    /** By content, not by path, so that what was checked is what is served, whatever the files hold by now. */
    public KeyCertOptions options() {
        return new PemKeyCertOptions().addCertValue(chain).addKeyValue(key);
    }

    boolean isMadeOf(Buffer otherChain, Buffer otherKey) {
        return chain.equals(otherChain) && key.equals(otherKey);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "certificate serial=" + serial() + " ends=" + expiresAt();
    }
}
