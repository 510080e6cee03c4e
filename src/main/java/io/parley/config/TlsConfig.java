package io.parley.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The listeners' certificate.
 *
 * @param certificate     PEM file, the leaf first and then its chain
 * @param key             PEM file, PKCS#8
 * @param reloadInterval  how often the two are looked at; default 10 s
 */
public record TlsConfig(Path certificate, Path key, Duration reloadInterval) {

    public TlsConfig {
        Keys.TLS_RELOAD_INTERVAL.check(reloadInterval);
    }

    /** With the default interval. */
    public TlsConfig(Path certificate, Path key) {
        this(certificate, key, Keys.TLS_RELOAD_INTERVAL.fallback().get());
    }
}
