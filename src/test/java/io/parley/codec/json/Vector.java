package io.parley.codec.json;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** One entry of the files in {@code src/clients/vectors}, whose README says what the fields mean. */
record Vector(JsonObject json) {

    static List<Vector> commands() {
        return read("commands.json");
    }

    static List<Vector> events() {
        return read("events.json");
    }

    static List<Vector> streams() {
        return read("streams.json");
    }

    static List<Vector> broken() {
        return read("broken.json");
    }

    private static List<Vector> read(String file) {
        try {
            String text = Files.readString(Path.of("src/clients/vectors", file));
            return new JsonArray(text)
                    .stream().map(each -> new Vector((JsonObject) each)).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    String name() {
        return json.getString("name");
    }

    int version() {
        return json.getInteger("version");
    }

    int command() {
        return json.getInteger("command");
    }

    int event() {
        return json.getInteger("event");
    }

    /** Whether who writes the content as the README says makes just these bytes. */
    boolean written() {
        return json.getBoolean("written");
    }

    /** Without fields when it has none. */
    JsonObject content() {
        JsonObject content = json.getJsonObject("content");
        return content == null ? new JsonObject() : content;
    }

    Buffer bytes() {
        return bytes(json.getString("hex"));
    }

    /** The bytes of the content as they stand in the frame. */
    String contentText() {
        return bytes().getString(Frame.HEADER_BYTES, bytes().length());
    }

    Stream<Buffer> segments() {
        return json.getJsonArray("segments").stream().map(segment -> bytes((String) segment));
    }

    private static Buffer bytes(String hex) {
        return Buffer.buffer(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @Override
    public String toString() {
        return name();
    }
}
