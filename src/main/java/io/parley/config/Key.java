package io.parley.config;

import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * One line of the table of configuration keys ({@link Keys}): reading, checking, masking, hints and documentation all
 * follow from it.
 *
 * @param path         where it stands in the file, for example {@code mysql.port}; {@code listeners[].port} for each
 *                     element
 * @param need         what happens when nobody gives it
 * @param fallback     makes the default; yields null when there is none
 * @param defaultText  the default for people; empty when there is none
 * @param doc          one sentence
 */
record Key<T>(
        String path,
        Kind<T> kind,
        Need need,
        Supplier<T> fallback,
        String defaultText,
        Visibility visibility,
        String doc) {

    /** Whether somebody must give it. A required key may have a default that can fail, as a host name can. */
    enum Need {
        REQUIRED,
        OPTIONAL
    }

    /**
     * Whether people may see the value. A SECRET one is never shown and may also come from a file ({@link #file()}).
     */
    enum Visibility {
        SHOWN,
        SECRET
    }

    static <T> Key<T> required(String path, Kind<T> kind, String doc) {
        return new Key<>(path, kind, Need.REQUIRED, () -> null, "", Visibility.SHOWN, doc);
    }

    static <T> Key<T> optional(String path, Kind<T> kind, String doc) {
        return new Key<>(path, kind, Need.OPTIONAL, () -> null, "", Visibility.SHOWN, doc);
    }

    static <T> Key<T> of(String path, Kind<T> kind, T fallback, String doc) {
        return computed(path, kind, () -> fallback, String.valueOf(kind.toJson(fallback)), doc);
    }

    static <T> Key<T> computed(String path, Kind<T> kind, Supplier<T> fallback, String defaultText, String doc) {
        return new Key<>(path, kind, Need.REQUIRED, fallback, defaultText, Visibility.SHOWN, doc);
    }

    Key<T> secret() {
        return new Key<>(path, kind, need, fallback, defaultText, Visibility.SECRET, doc);
    }

    boolean isSecret() {
        return visibility == Visibility.SECRET;
    }

    /** The key next to a secret one that names a file with the secret, as Kubernetes mounts them. */
    Key<Path> file() {
        return optional(path + "File", new Kind.File(), "File that holds `" + path + "`; instead of it.");
    }

    /** This key in one element of a list. */
    Key<T> at(int index) {
        String element = path.replace("[]", "[" + index + "]");
        return new Key<>(element, kind, need, fallback, defaultText, visibility, doc);
    }

    /** Guards a record that code makes by itself: {@link ConfigFile} has checked what people write. */
    void check(T value) {
        if (value == null ? need == Need.REQUIRED : !kind.allows(value)) {
            String found = isSecret() ? "what was given" : String.valueOf(value);
            throw new IllegalArgumentException(path + ": " + found + " is not allowed; allowed: " + kind.allowed());
        }
    }
}
