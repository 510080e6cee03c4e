package io.parley.script;

import io.parley.client.Target;
import io.parley.protocol.Audience;
import io.parley.protocol.Message;
import io.parley.protocol.Receipt;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a script reads: one JSON object on one line, with the names of the wire (protocol.md). Signs that would do
 * something to a terminal are escaped, as JSON allows anywhere in a string, since people look at such lines, too.
 */
final class JsonLine {

    private JsonLine() {}

    static String of(Message message, boolean waited) {
        Audience audience = message.audience();
        JsonObject json = new JsonObject()
                .put("command", audience.kind().id())
                .put("message_id", message.id())
                .put("client_id", message.clientId())
                .put("chat_from", message.chatFrom())
                .put("from_name", message.fromName())
                .put("chat_content", message.content())
                .put("sent_at", message.sentAt())
                .put("replayed", waited);
        put(json, audience.kind() == Audience.Kind.ROOM ? "room" : "group", audience.place());
        return line(json);
    }

    /** @param sentence why there is no receipt; unused when there is one */
    static String of(Outcome outcome, String sentence) {
        JsonObject json = recipient(outcome.to());
        if (outcome.line() > 0) {
            json.put("line", outcome.line());
        }
        Receipt receipt = outcome.receipt();
        if (receipt == null) {
            return line(json.put("status", "unknown").put("detail", sentence));
        }
        json.put("status", receipt.status().code());
        put(json, "client_id", receipt.clientId());
        put(json, "message_id", receipt.messageId());
        put(json, "durability", receipt.durability());
        if (receipt.error() != null) {
            json.put("error", receipt.error().code().code())
                    .put("detail", receipt.error().detail());
        }
        if (receipt.spread() != null) {
            spread(json, receipt.spread());
        }
        return line(json);
    }

    private static JsonObject recipient(Target target) {
        if (target instanceof Target.One one) {
            return new JsonObject().put("chat_to", one.userId());
        }
        if (target instanceof Target.Group group) {
            return new JsonObject().put("group", group.id());
        }
        return target instanceof Target.Room room
                ? new JsonObject().put("room", room.name())
                : new JsonObject().put("broadcast", true);
    }

    /** As in a receipt on the wire: who got what where the recipients were named, else how many. */
    private static void spread(JsonObject json, Receipt.Spread spread) {
        if (spread.results().isEmpty()) {
            json.put("counts", codes(spread.counts()));
            return;
        }
        JsonObject results = new JsonObject();
        new TreeMap<>(spread.results()).forEach((userId, status) -> results.put(userId, status.code()));
        json.put("results", results);
        if (!spread.errors().isEmpty()) {
            JsonObject errors = new JsonObject();
            new TreeMap<>(spread.errors()).forEach((userId, error) -> errors.put(userId, error.code()));
            json.put("errors", errors);
        }
    }

    private static JsonObject codes(Map<Receipt.Status, Integer> counts) {
        JsonObject json = new JsonObject();
        new TreeMap<>(counts).forEach((status, count) -> json.put(status.code(), count));
        return json;
    }

    private static void put(JsonObject json, String field, String value) {
        if (value != null) {
            json.put(field, value);
        }
    }

    private static String line(JsonObject json) {
        String encoded = json.encode();
        StringBuilder line = new StringBuilder(encoded.length());
        encoded.codePoints().forEach(c -> append(line, c));
        return line.toString();
    }

    private static void append(StringBuilder line, int c) {
        if (isPlain(c)) {
            line.appendCodePoint(c);
            return;
        }
        for (char unit : Character.toChars(c)) {
            line.append(String.format("\\u%04X", (int) unit));
        }
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
