package io.parley.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The smallest configuration that is right, and changes to it by path. */
final class Sample {

    static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final JsonObject file;
    private Map<String, String> environment = Map.of();
    private Map<String, String> properties = Map.of();
    private Path directory = Path.of("").toAbsolutePath();

    Sample() {
        this(new JsonObject()
                .put("listeners", new JsonArray().add(listener("main", 7443)))
                .put("mysql", new JsonObject().put("host", "db").put("password", "pw-of-mysql"))
                .put("redis", new JsonObject().put("host", "cache"))
                .put("auth", new JsonObject().put("token", new JsonObject().put("secret", SECRET))));
    }

    /** Another file altogether. */
    Sample(JsonObject file) {
        this.file = file;
    }

    static JsonObject listener(String name, int port) {
        return new JsonObject().put("name", name).put("port", port).put("tls", false);
    }

    /** @param path of a key; of the first listener when it is a listener's */
    Sample with(String path, Object value) {
        JsonObject section = file;
        String[] names = path.replaceFirst("^listeners\\[].?", "").split("\\.");
        if (path.startsWith("listeners[]")) {
            section = file.getJsonArray("listeners").getJsonObject(0);
        }
        for (int i = 0; i < names.length - 1; i++) {
            if (!section.containsKey(names[i])) {
                section.put(names[i], new JsonObject());
            }
            section = section.getJsonObject(names[i]);
        }
        section.put(names[names.length - 1], value);
        return this;
    }

    Sample environment(Map<String, String> variables) {
        environment = variables;
        return this;
    }

    Sample properties(Map<String, String> values) {
        properties = values;
        return this;
    }

    Sample in(Path folder) {
        directory = folder;
        return this;
    }

    NodeConfig read() {
        return effective().node();
    }

    EffectiveConfig effective() {
        return ConfigFile.check(file, environment, properties, directory);
    }

    List<Fault> faults() {
        try {
            read();
            return List.of();
        } catch (ConfigFaults faults) {
            return faults.faults();
        }
    }
}
