package io.parley.config;

import io.parley.config.Settings.Setting;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A configuration as it holds after all layers and defaults, for a node and for people. */
public final class EffectiveConfig {

    /**
     * One key.
     *
     * @param value      secrets are masked
     * @param origin     who said it: {@code default}, {@code file}, or the variable, property or secret file
     * @param isDefault  whether nobody said it
     */
    public record Entry(String path, String value, String origin, boolean isDefault) {}

    private final NodeConfig node;
    private final List<Setting<?>> settings;

    EffectiveConfig(NodeConfig node, Settings settings) {
        this.node = node;
        this.settings = List.copyOf(settings.all());
    }

    public NodeConfig node() {
        return node;
    }

    /** As JSON over several lines, with secrets masked. */
    public String json() {
        return toJson().encodePrettily();
    }

    /** All keys that have a value, in the order of the documentation. */
    public List<Entry> entries() {
        return settings.stream()
                .map(each -> new Entry(
                        each.key().path(),
                        String.valueOf(each.shown()),
                        each.origin(),
                        each.origin().equals("default")))
                .toList();
    }

    /** One line a key: path, value with secrets masked, and who said it; for "why does it do that?". */
    public List<String> origins() {
        return entries().stream()
                .map(each -> each.path() + " = " + each.value() + "  (" + each.origin() + ")")
                .toList();
    }

    private JsonObject toJson() {
        JsonObject root = new JsonObject();
        JsonArray listeners = new JsonArray();
        for (Setting<?> setting : settings) {
            String path = setting.key().path();
            JsonObject section = root;
            if (path.startsWith("listeners[")) {
                int index = Integer.parseInt(path.substring(path.indexOf('[') + 1, path.indexOf(']')));
                while (listeners.size() <= index) {
                    listeners.add(new JsonObject());
                }
                root.put("listeners", listeners);
                section = listeners.getJsonObject(index);
                path = path.substring(path.indexOf('.') + 1);
            }
            put(section, path, setting.shown());
        }
        return root;
    }

    private static void put(JsonObject section, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            section.put(path, value);
            return;
        }
        String name = path.substring(0, dot);
        if (!section.containsKey(name)) {
            section.put(name, new JsonObject());
        }
        put(section.getJsonObject(name), path.substring(dot + 1), value);
    }
}
