package io.parley.config;

import java.nio.file.Path;

/**
 * The listeners' certificate.
 *
 * @param certificate  PEM file, the leaf first and then its chain
 * @param key          PEM file, PKCS#8
 */
public record TlsConfig(Path certificate, Path key) {}
