package io.parley.config;

import io.parley.config.Fault.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the three layers say, by the path of its key; nothing is checked here but that the keys exist. */
final class Sources {

    private static final String LISTENERS = "listeners";
    private static final Set<String> PATHS = new HashSet<>();
    private static final Set<String> SECTIONS = new HashSet<>();

    static {
        for (Key<?> key : Keys.ALL) {
            PATHS.add(key.path());
            for (int dot = key.path().indexOf('.'); dot > 0; dot = key.path().indexOf('.', dot + 1)) {
                SECTIONS.add(key.path().substring(0, dot));
            }
        }
    }

    private final Map<String, Found> found = new HashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private int listeners;

    /**
     * A value and who said it.
     *
     * @param value   from the file as JSON has it, otherwise a String
     * @param origin  how that layer calls the key; empty for the file
     */
    record Found(Object value, Layer layer, String origin) {}

    Sources(JsonObject file, Map<String, String> environment, Map<String, String> properties) {
        takeObject("", file);
        takeOverrides(Layer.ENVIRONMENT, environment);
        takeOverrides(Layer.PROPERTIES, properties);
        Keys.ALL.stream().filter(Key::isSecret).forEach(this::chooseSecret);
    }

    /** Null when nobody said anything. */
    Found found(String path) {
        return found.get(path);
    }

    int listeners() {
        return listeners;
    }

    List<Fault> faults() {
        return faults;
    }

    private void takeObject(String prefix, JsonObject object) {
        for (Map.Entry<String, Object> entry : object) {
            String name = entry.getKey();
            if (name.matches(".*[.\\[].*")) { // would pass for a path, which only we build
                faults.add(new Fault(Problem.UNKNOWN, prefix + name, "", "", ""));
            } else {
                take(prefix + name, entry.getValue());
            }
        }
    }

    private void take(String path, Object value) {
        String general = path.replaceFirst("^listeners\\[\\d+]", "listeners[]");
        if (PATHS.contains(general)) {
            if (value != null) {
                found.put(path, new Found(value, Layer.FILE, ""));
            }
        } else if (path.equals(LISTENERS)) {
            takeListeners(value);
        } else if (SECTIONS.contains(general)) {
            takeSection(path, value);
        } else {
            Set<String> known = new HashSet<>(PATHS);
            known.addAll(SECTIONS);
            faults.add(new Fault(Problem.UNKNOWN, path, "", "", Nearest.to(general, known)));
        }
    }

    private void takeListeners(Object value) {
        if (value == null) {
            return;
        }
        if (!(value instanceof JsonArray array) || array.size() > Keys.MAX_LISTENERS) {
            String what = value instanceof JsonArray array ? array.size() + " listeners" : Settings.sort(value);
            faults.add(new Fault(Problem.WRONG, LISTENERS, "", what, "[ 1 .. " + Keys.MAX_LISTENERS + " listeners ]"));
            return;
        }
        listeners = array.size();
        for (int i = 0; i < listeners; i++) {
            takeSection(LISTENERS + "[" + i + "]", array.getValue(i));
        }
    }

    private void takeSection(String path, Object value) {
        if (value instanceof JsonObject object) {
            takeObject(path + ".", object);
        } else if (value != null) {
            faults.add(new Fault(Problem.WRONG, path, "", Settings.sort(value), "{ … }"));
        }
    }

    private void takeOverrides(Layer layer, Map<String, String> said) {
        Map<String, String> paths = spelled(layer);
        said.forEach((name, value) -> {
            String path = paths.get(name);
            if (path != null && layer.isConfiguration(name, value)) {
                found.put(path, new Found(value, layer, name));
                if (path.startsWith(LISTENERS)) {
                    int index = Integer.parseInt(path.substring(LISTENERS.length() + 1, path.indexOf(']')));
                    listeners = Math.max(listeners, index + 1);
                }
            } else if (layer.isConfiguration(name, value)) {
                faults.add(new Fault(Problem.UNKNOWN, name, "", "", Nearest.to(name, paths.keySet())));
            }
        });
    }

    /**
     * Every key by the name that a layer has for it; the listeners by number, and by the name that the file gives them.
     */
    private Map<String, String> spelled(Layer layer) {
        Map<String, String> paths = new HashMap<>();
        for (Key<?> key : Keys.ALL) {
            if (!key.path().startsWith(LISTENERS)) {
                paths.put(layer.spell(key.path()), key.path());
                continue;
            }
            for (int i = 0; i < Keys.MAX_LISTENERS; i++) {
                String path = key.at(i).path();
                paths.put(layer.spell(path), path);
                Found name = found.get(ListenerKeys.NAME.at(i).path());
                if (name != null
                        && ListenerKeys.NAME.kind().fromJson(name.value()).isPresent()) {
                    paths.put(layer.spell(key.path().replace("[]", "." + name.value())), path);
                }
            }
        }
        return paths;
    }

    /** A secret and a file for it: the later layer wins, as everywhere; in one layer nobody can tell which is meant. */
    private void chooseSecret(Key<?> key) {
        Found direct = found.get(key.path());
        Found file = found.get(key.file().path());
        if (direct == null || file == null) {
            return;
        }
        if (direct.layer() == file.layer()) {
            faults.add(new Fault(Problem.USELESS, key.file().path(), file.origin(), "", key.path()));
        }
        boolean fileWins = file.layer().compareTo(direct.layer()) > 0;
        found.remove(fileWins ? key.path() : key.file().path());
    }
}
