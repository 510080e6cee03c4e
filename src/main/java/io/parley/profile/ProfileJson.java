package io.parley.profile;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.parley.profile.ProfileFault.Problem;
import io.parley.protocol.UserId;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The text of {@code profiles.json}: an object with a field for each profile.
 *
 * <pre>{"default": {"host": "chat.example.com", "port": 7443, "ca": "/etc/parley/ca.crt",
 *              "user": "10001", "tokenFile": "default.token"}}</pre>
 *
 * <p>Reading is strict and total: whatever the file holds becomes profiles or a {@link ProfileFault}, which shows
 * nothing of a value. Relative paths start at the file's directory.
 *
 * @param file  where the text is from, or goes
 */
record ProfileJson(Path file) {

    private static final String FIELDS = "host, port, ca, user, tokenFile";

    /** A name or an address: enough to keep spaces and control characters out of sentences and look-ups. */
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._:%-]{1,255}");

    private static final Pattern SECRET = Pattern.compile("(?i).*(passw|secret).*|token");

    Map<String, Profile> read(String text) {
        Map<String, Profile> profiles = new TreeMap<>();
        for (Map.Entry<String, Object> entry : json(text)) {
            String name = entry.getKey();
            if (!Profile.isName(name)) {
                throw wrong(name, Profile.NAME_RULE);
            }
            if (!(entry.getValue() instanceof JsonObject fields)) {
                throw wrong(name, "{…}");
            }
            profiles.put(name, profile(name, fields));
        }
        return profiles;
    }

    String write(Map<String, Profile> profiles) {
        JsonObject json = new JsonObject();
        profiles.forEach((name, profile) -> {
            JsonObject fields = new JsonObject();
            put(fields, "host", profile.host());
            put(fields, "port", profile.port());
            put(fields, "ca", text(profile.ca()));
            put(fields, "user", profile.user());
            put(fields, "tokenFile", text(profile.tokenFile()));
            json.put(name, fields);
        });
        return json.encodePrettily() + "\n";
    }

    private JsonObject json(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException | ClassCastException notAnObject) {
            JsonLocation place =
                    notAnObject.getCause() instanceof JsonProcessingException syntax ? syntax.getLocation() : null;
            String found = place == null ? "1:1" : place.getLineNr() + ":" + place.getColumnNr();
            throw ProfileFault.of(Problem.SYNTAX, file, found);
        }
    }

    private Profile profile(String name, JsonObject fields) {
        for (String field : fields.fieldNames()) {
            if (!FIELDS.matches("(.*, )?" + Pattern.quote(field) + "(, .*)?")) {
                Problem problem = SECRET.matcher(field).matches() ? Problem.SECRET : Problem.UNKNOWN_FIELD;
                throw ProfileFault.at(name + "." + field, problem, file, FIELDS);
            }
        }
        return new Profile(
                name,
                read(name, fields, "host", "name or address", ProfileJson::host),
                read(name, fields, "port", "1 to 65535", ProfileJson::port),
                read(name, fields, "ca", "path of a file", this::path),
                read(name, fields, "user", "user id, which " + UserId.RULE, ProfileJson::user),
                read(name, fields, "tokenFile", "path of a file", this::path));
    }

    private <T> T read(String name, JsonObject fields, String field, String allowed, Function<Object, T> kind) {
        if (!fields.containsKey(field)) {
            return null;
        }
        T value = kind.apply(fields.getValue(field));
        if (value == null) {
            throw wrong(name + "." + field, allowed);
        }
        return value;
    }

    private static String host(Object json) {
        return json instanceof String text && HOST.matcher(text).matches() ? text : null;
    }

    private static Integer port(Object json) {
        return json instanceof Integer number && number >= 1 && number <= 65_535 ? number : null;
    }

    private static String user(Object json) {
        return json instanceof String text && UserId.isValid(text) ? text : null;
    }

    private Path path(Object json) {
        try {
            return json instanceof String text && !text.isBlank()
                    ? file.resolveSibling(text).normalize()
                    : null;
        } catch (InvalidPathException notAPath) {
            return null;
        }
    }

    /** Beside the file without the directory, so that the directory may move. */
    private String text(Path path) {
        if (path == null) {
            return null;
        }
        Path directory = file.getParent();
        return path.startsWith(directory) ? directory.relativize(path).toString() : path.toString();
    }

    private static void put(JsonObject fields, String field, Object value) {
        if (value != null) {
            fields.put(field, value);
        }
    }

    private ProfileFault wrong(String field, String allowed) {
        return ProfileFault.at(field, Problem.WRONG, file, allowed);
    }
}
