package io.parley.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * What {@code --version} says: the version of the jar, the commit that it was built from and that commit's time, as far
 * as they are known, and what it runs on. The same commit says the same, wherever and whenever it was built.
 */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "parley " + version() + commit(),
            "Vert.x " + vertx() + ", Java " + Runtime.version() + " on " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch")
        };
    }

    /** For people who run from classes, as {@code ./mvnw compile exec:java} does, there is no jar to tell. */
    static String version() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Empty when this was not built in a clone: the build writes the file there (pom.xml, profile clone). */
    private static String commit() {
        Properties commit = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("commit.properties")) {
            if (file != null) {
                commit.load(file);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        String id = commit.getProperty("id", "");
        return id.isEmpty() ? "" : " (commit " + id + ", " + commit.getProperty("time", "") + ")";
    }

    /** As Vert.x says in its own jar, which is not always the version of its parts. */
    private static String vertx() {
        try (InputStream file =
                Version.class.getClassLoader().getResourceAsStream("META-INF/vertx/vertx-version.txt")) {
            return file == null ? "?" : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
