package io.parley.codec.json;

import io.parley.protocol.Audience;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.GroupInfo;
import io.parley.protocol.Message;
import io.parley.protocol.Person;
import io.parley.protocol.Question;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a content means, straight from protocol.md and past the codec: the other half of a vector. */
final class Meanings {

    private Meanings() {}

    /** @param clientId  the one to expect where the content has none, as in version 0 */
    static Command command(int id, JsonObject content, String clientId) {
        String client = content.getString("client_id", clientId);
        String text = content.getString("chat_content");
        return switch (id) {
            case 1 ->
                new Command.Verify(
                        content.getString("user_id", content.getString("phone_number")),
                        content.getString("password"),
                        content.getString("token"));
            case 2 -> new Command.Single(client, content.getString("chat_to"), text);
            case 3 -> new Command.Group(client, texts(content, "chat_to"), content.getString("group"), text);
            case 4 -> new Command.Broadcast(client, text);
            case 5 -> new Command.Logout();
            case 7 -> new Command.Ack(content.getLong("seq"));
            case 8 -> new Question.Join(content.getString("room"));
            case 9 -> new Question.Leave(content.getString("room"));
            case 10 -> new Command.Say(client, content.getString("room"), text);
            case 11 -> new Question.Look(content.getString("room"));
            case 12 -> new Question.Online(texts(content, "user_ids"));
            case 13 -> new Question.GroupCreate(client, content.getString("name"), texts(content, "members"));
            case 14 ->
                new Question.GroupChange(content.getString("group"), texts(content, "add"), texts(content, "remove"));
            case 15 -> new Question.GroupList();
            default -> throw new AssertionError("no meaning of command " + id);
        };
    }

    static Event event(int id, JsonObject content) {
        return switch (id) {
            case 101 -> verified(content);
            case 102, 103 ->
                new Event.Delivery(
                        content.getLong("seq"),
                        content.getBoolean("replayed", false),
                        MessageJson.envelope(message(id, content)));
            case 104, 110 -> new Event.Heard(MessageJson.envelope(message(id, content)));
            case 105 -> new Event.Bye(reason(content.getString("reason")), retryAfter(content));
            case 108 -> new Event.Entered(content.getString("room"), person(content));
            case 109 -> new Event.Left(content.getString("room"), person(content));
            case 111 ->
                new Event.LookAnswer(
                        map(content, "rooms", names -> texts((JsonArray) names)),
                        map(content, "more", Integer.class::cast));
            case 112 -> new Event.OnlineAnswer(map(content, "online", Boolean.class::cast));
            case 113 -> new Event.GroupCreated(content.getString("client_id"), content.getString("group"));
            case 114 -> new Event.GroupChanged(content.getString("group"));
            case 115 ->
                new Event.GroupsAnswer(content.getJsonArray("groups").stream()
                        .map(each -> group((JsonObject) each))
                        .toList());
            case 120 -> new Event.Receipted(receipt(content));
            case 199 ->
                new Event.Failed(refusal(content), content.getInteger("command"), content.getString("client_id"));
            default -> throw new AssertionError("no meaning of event " + id);
        };
    }

    private static Event verified(JsonObject content) {
        if (content.getInteger("code") == 0) {
            return new Event.NotVerified(refusal(content));
        }
        return new Event.Verified(
                content.getString("user_id"),
                content.getString("user_name"),
                content.getString("token"),
                content.getLong("token_expires_at", 0L),
                Duration.ofSeconds(content.getLong("heartbeat_s")),
                content.getInteger("ack_window"),
                content.getLong("waiting"));
    }

    private static Message message(int id, JsonObject content) {
        Audience audience =
                new Audience(Audience.Kind.of(id), id == 110 ? content.getString("room") : content.getString("group"));
        return new Message(
                content.getString("message_id"),
                content.getString("client_id"),
                content.getString("chat_from"),
                content.getString("from_name"),
                content.getString("chat_content"),
                content.getLong("sent_at"),
                audience);
    }

    private static Receipt receipt(JsonObject content) {
        Map<String, Receipt.Status> results = map(content, "results", Meanings::status);
        Map<Receipt.Status, Integer> counts = new HashMap<>();
        map(content, "counts", Integer.class::cast).forEach((status, count) -> counts.put(status(status), count));
        results.values().forEach(status -> counts.merge(status, 1, Integer::sum));
        return new Receipt(
                content.getString("client_id"),
                content.getString("message_id"),
                status(content.getString("status")),
                content.containsKey("error") ? refusal(content) : null,
                content.getString("durability"),
                counts.isEmpty() ? null : new Receipt.Spread(results, map(content, "errors", Meanings::error), counts));
    }

    private static GroupInfo group(JsonObject content) {
        return new GroupInfo(
                content.getString("group"),
                content.getString("name"),
                content.getString("owner"),
                content.getInteger("members"));
    }

    private static Person person(JsonObject content) {
        return new Person(content.getString("user_id"), content.getString("user_name"));
    }

    private static Refusal refusal(JsonObject content) {
        return new Refusal(error(content.getString("error")), content.getString("detail"), retryAfter(content));
    }

    private static Duration retryAfter(JsonObject content) {
        return Duration.ofMillis(content.getLong("retry_after_ms", 0L));
    }

    private static ByeReason reason(String code) {
        return ByeReason.valueOf(code.toUpperCase(java.util.Locale.ROOT));
    }

    private static Receipt.Status status(Object code) {
        return Receipt.Status.valueOf(((String) code).toUpperCase(java.util.Locale.ROOT));
    }

    private static ErrorCode error(Object code) {
        return ErrorCode.valueOf(((String) code).toUpperCase(java.util.Locale.ROOT));
    }

    /** Each once, as they stand. */
    private static List<String> texts(JsonObject content, String name) {
        return texts(content.getJsonArray(name, new JsonArray()));
    }

    private static List<String> texts(JsonArray array) {
        return List.copyOf(
                new LinkedHashSet<>(array.stream().map(String.class::cast).toList()));
    }

    private static <T> Map<String, T> map(JsonObject content, String name, Function<Object, T> value) {
        Map<String, T> map = new HashMap<>();
        content.getJsonObject(name, new JsonObject())
                .forEach(each -> map.put(each.getKey(), value.apply(each.getValue())));
        return map;
    }
}
