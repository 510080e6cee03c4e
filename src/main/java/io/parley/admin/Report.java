package io.parley.admin;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found: the names of all that was looked at, and whether each was well.
 *
 * @param checks in the order in which they are told
 */
record Report(Map<String, Boolean> checks) {

    Report {
        checks = new LinkedHashMap<>(checks);
    }

    boolean isUp() {
        return !checks.containsValue(false);
    }

    /** Whether it was looked at and well. */
    boolean isUp(String check) {
        return checks.getOrDefault(check, false);
    }

    List<String> down() {
        return checks.keySet().stream().filter(name -> !checks.get(name)).toList();
    }

    /** Names only: why something is down is for the log, which fewer people read. */
    JsonObject json() {
        JsonObject details = new JsonObject();
        checks.forEach((name, well) -> details.put(name, text(well)));
        return new JsonObject().put("status", text(isUp())).put("checks", details);
    }

    private static String text(boolean well) {
        return well ? "up" : "down";
    }
}
