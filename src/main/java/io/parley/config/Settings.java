package io.parley.config;

import io.parley.config.Fault.Problem;
import io.parley.config.Sources.Found;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The value of every key, checked one by one against the table; what is wrong with them is in {@link #faults()}. */
final class Settings {

    /** Far more than a password or a PEM key; keeps a file that was named by mistake out of the memory. */
    private static final long MAX_SECRET_BYTES = 64 * 1024;

    private final Map<String, Setting<?>> settings = new LinkedHashMap<>();
    private final List<Fault> faults;
    private final Sources sources;
    private final Path directory;

    /**
     * A key with its value.
     *
     * @param origin  {@code default}, {@code file}, or the variable, property or secret file that said it
     */
    record Setting<T>(Key<T> key, T value, String origin) {
        Object shown() {
            return key.isSecret() ? "********" : key.kind().toJson(value);
        }
    }

    /** @param directory where relative paths start */
    Settings(Sources sources, Path directory) {
        this.sources = sources;
        this.directory = directory;
        this.faults = new ArrayList<>(sources.faults());
        for (Key<?> key : Keys.ALL) {
            boolean single = !key.path().contains("[]");
            for (int i = 0; i < (single ? 1 : sources.listeners()); i++) {
                read(key.at(i));
            }
        }
    }

    List<Fault> faults() {
        return faults;
    }

    Collection<Setting<?>> all() {
        return settings.values();
    }

    int listeners() {
        return sources.listeners();
    }

    /** Null when the key has no value, or one that is not allowed. */
    @SuppressWarnings("unchecked") // put there by read(), under the path of a key of the same type
    <T> T of(Key<T> key) {
        Setting<?> setting = settings.get(key.path());
        return setting == null ? null : (T) setting.value();
    }

    /** The file that the key names, from the root; null without one. */
    Path file(Key<Path> key) {
        Path path = of(key);
        return path == null ? null : resolved(path);
    }

    /** Whether somebody said something for the key, right or wrong. */
    boolean isGiven(Key<?> key) {
        return sources.found(key.path()) != null
                || key.isSecret() && sources.found(key.file().path()) != null;
    }

    void fault(Problem problem, Key<?> key, String found, String detail) {
        Found said = sources.found(key.path());
        faults.add(new Fault(problem, key.path(), said == null ? "" : said.origin(), found, detail));
    }

    /** The value as people may see it; {@code ?} when there is none. */
    String shown(Key<?> key) {
        Setting<?> setting = settings.get(key.path());
        return setting == null ? "?" : String.valueOf(setting.shown());
    }

    /** What a value is, for one that must not be shown or would be too long. */
    static String sort(Object json) {
        if (json instanceof JsonObject) {
            return "{ … }";
        }
        return json instanceof JsonArray ? "[ … ]" : json instanceof String ? "\"…\"" : String.valueOf(json);
    }

    private <T> void read(Key<T> key) {
        Found said = sources.found(key.path());
        Found file = key.isSecret() ? sources.found(key.file().path()) : null;
        if (said != null) {
            Optional<T> value = parse(key, said);
            value.ifPresentOrElse(
                    allowed -> keep(key, allowed, said.origin().isEmpty() ? "file" : said.origin()),
                    () -> fault(
                            Problem.WRONG,
                            key,
                            key.isSecret() ? "" : shown(said.value()),
                            key.kind().allowed()));
        } else if (file != null) {
            parse(key.file(), file)
                    .map(this::resolved)
                    .filter(Settings::exists)
                    .ifPresent(path -> readSecret(key, path));
        } else if (key.fallback().get() != null) {
            keep(key, key.fallback().get(), "default");
        } else if (key.need() == Key.Need.REQUIRED) {
            fault(Problem.MISSING, key, "", key.kind().allowed());
        }
    }

    private static <T> Optional<T> parse(Key<T> key, Found said) {
        return said.layer() == Layer.FILE
                ? key.kind().fromJson(said.value())
                : key.kind().fromText((String) said.value());
    }

    private <T> void keep(Key<T> key, T value, String origin) {
        if (value instanceof Path path && !exists(resolved(path))) {
            fault(Problem.UNREADABLE, key, resolved(path).toString(), "");
            return;
        }
        settings.put(key.path(), new Setting<>(key, value, origin));
    }

    private Path resolved(Path path) {
        return directory.resolve(path).normalize();
    }

    private static boolean exists(Path path) {
        return Files.isRegularFile(path) && Files.isReadable(path);
    }

    /** A file that cannot be read is the fault of the key that names it, and found there. */
    private <T> void readSecret(Key<T> key, Path path) {
        Optional<T> secret = Optional.empty();
        try {
            if (Files.size(path) <= MAX_SECRET_BYTES) {
                secret = key.kind().fromText(Files.readString(path).stripTrailing());
            }
        } catch (IOException notText) {
            secret = Optional.empty();
        }
        secret.ifPresentOrElse(
                value -> keep(key, value, path.toString()),
                () -> fault(
                        Problem.WRONG, key.file(), path.toString(), key.kind().allowed()));
    }

    private static String shown(Object json) {
        return json instanceof String text ? '"' + text + '"' : sort(json);
    }
}
