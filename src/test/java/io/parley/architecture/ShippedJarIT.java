package io.parley.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What {@code target/parley.jar} may carry. A new dependency fails here until somebody has read its licence and added
 * it: GPL, AGPL and LGPL do not go into an Apache-2.0 jar.
 */
class ShippedJarIT {

    /** Packages that are shipped, and the licence under which; read from their poms on 2026-11-21. */
    private static final Map<String, String> LICENCES = Map.ofEntries(
            Map.entry("io/parley/", "Apache-2.0"),
            Map.entry("io/vertx/", "Apache-2.0, or EPL"),
            Map.entry("com/hazelcast/", "Apache-2.0; what it carries of others in it too"),
            Map.entry("org/HdrHistogram/", "CC0, or BSD-2-Clause"),
            Map.entry("io/netty/", "Apache-2.0; shaded in it JCTools, Apache-2.0"),
            Map.entry("io/micrometer/", "Apache-2.0"),
            Map.entry("io/prometheus/metrics/", "Apache-2.0"),
            Map.entry("com/fasterxml/jackson/", "Apache-2.0"),
            Map.entry("com/github/benmanes/caffeine/", "Apache-2.0"),
            Map.entry("com/google/errorprone/annotations/", "Apache-2.0"),
            Map.entry("com/password4j/", "Apache-2.0"),
            Map.entry("org/jline/", "BSD-3-Clause"),
            Map.entry("org/jspecify/annotations/", "Apache-2.0"),
            Map.entry("org/slf4j/", "MIT"),
            Map.entry("ch/qos/logback/", "EPL-1.0, chosen instead of its LGPL-2.1"),
            Map.entry("picocli/", "Apache-2.0"));

    private static final Pattern STORE = Pattern.compile("redis-server|mariadbd|mariadb-|ch/vorburger|redis/embedded");

    private static final Pattern TEST =
            Pattern.compile("io/parley/(testkit|architecture|benchmark|promises|clients)/|(IT|Test)\\.class$");

    /** What lies in {@code src/clients}. */
    private static final Pattern CLIENT = Pattern.compile("\\.(py|mjs)$|vectors/");

    @Test
    void carriesOnlyPackagesWhoseLicenceIsKnown() throws IOException {
        List<String> unknown = entries().stream()
                .filter(entry -> entry.endsWith(".class"))
                .map(entry -> entry.replaceFirst("^META-INF/versions/\\d+/", ""))
                .filter(entry -> LICENCES.keySet().stream().noneMatch(entry::startsWith))
                .toList();
        assertThat(unknown).isEmpty();
    }

    @Test
    void carriesNeitherTheStoresOfDevelopmentNorTestsNorOtherClients() throws IOException {
        assertThat(entries())
                .contains("io/parley/Parley.class")
                .noneMatch(STORE.asPredicate().or(TEST.asPredicate()).or(CLIENT.asPredicate()));
    }

    private static List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("parley.jar"))) {
            return jar.stream().map(entry -> entry.getName()).toList();
        }
    }
}
