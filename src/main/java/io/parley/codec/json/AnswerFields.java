package io.parley.codec.json;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.GroupInfo;
import io.parley.protocol.Person;
import io.parley.protocol.Receipt;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the parts of events that have a structure of their own: rooms, groups, receipts of many. */
final class AnswerFields {

    private AnswerFields() {}

    static Person person(Fields fields) {
        return new Person(fields.string("user_id"), fields.string("user_name"));
    }

    static Event look(Fields fields) {
        Map<String, List<String>> rooms = new HashMap<>();
        fields.object("rooms").forEach((room, names) -> rooms.put((String) room, texts("rooms", names)));
        Map<String, Integer> more = new HashMap<>();
        if (fields.has("more")) {
            fields.object("more").forEach((room, count) -> more.put((String) room, number("more", count)));
        }
        return new Event.LookAnswer(rooms, more);
    }

    static Event groups(Fields fields) {
        List<GroupInfo> groups = new ArrayList<>();
        for (Object each : fields.list("groups")) {
            Fields group = Fields.of("groups", each);
            groups.add(new GroupInfo(group.string("group"), group.string("name"), group.string("owner"), (int)
                    group.number("members", 0)));
        }
        return new Event.GroupsAnswer(groups);
    }

    /** Null for the receipt of a message to one. */
    static Receipt.Spread spread(Fields fields) {
        if (!fields.has("results") && !fields.has("counts")) {
            return null;
        }
        Map<String, Receipt.Status> results = new HashMap<>();
        Map<Receipt.Status, Integer> counts = new EnumMap<>(Receipt.Status.class);
        if (fields.has("results")) {
            fields.object("results").forEach((userId, status) -> {
                Receipt.Status read = status("results", status);
                results.put((String) userId, read);
                counts.merge(read, 1, Integer::sum);
            });
        } else {
            fields.object("counts")
                    .forEach((status, count) -> counts.put(status("counts", status), number("counts", count)));
        }
        Map<String, ErrorCode> errors = new HashMap<>();
        if (fields.has("errors")) {
            fields.object("errors")
                    .forEach((userId, error) -> errors.put((String) userId, ErrorCode.of(text("errors", error))));
        }
        return new Receipt.Spread(results, errors, counts);
    }

    static Receipt.Status status(String field, Object text) {
        for (Receipt.Status each : Receipt.Status.values()) {
            if (each.code().equals(text)) {
                return each;
            }
        }
        throw Content.bad(field + " has a status that is not known: " + text);
    }

    private static List<String> texts(String field, Object list) {
        if (!(list instanceof List<?> items)) {
            throw Content.bad(field + " must have lists of names");
        }
        return items.stream().map(item -> text(field, item)).toList();
    }

    private static String text(String field, Object value) {
        if (!(value instanceof String text)) {
            throw Content.bad(field + " must have strings");
        }
        return text;
    }

    private static int number(String field, Object value) {
        if (!(value instanceof Long number) || number < 0 || number > Integer.MAX_VALUE) {
            throw Content.bad(field + " must have whole numbers");
        }
        return number.intValue();
    }
}
