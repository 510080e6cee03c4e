package io.parley.config;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@link ConfigFile} for tests of other packages, with environment variables that are not this JVM's. */
public final class MadeUpEnvironment {

    private MadeUpEnvironment() {}

    /** Throws {@link ConfigFaults}. */
    public static NodeConfig read(Path file, Map<String, String> variables) {
        try {
            JsonObject json = new JsonObject(Files.readString(file));
            return ConfigFile.check(
                            json, variables, Map.of(), file.toAbsolutePath().getParent())
                    .node();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
