package io.parley.codec.json;

import io.parley.protocol.ClientId;
import io.parley.protocol.Room;
import io.parley.protocol.UserId;
import java.util.List;
import java.util.Map;

/**
 * The fields of one content, by name and type. A field that is missing, null or of another type is a refusal whose
 * sentence names it; fields that nobody asks for are ignored.
 */
final class Fields {

    /** Numbers up to here are exact in every JSON implementation. */
    private static final long LARGEST_NUMBER = 1L << 53;

    /** Null when the fields are in the map. */
    private final PlainContent plain;

    private final Map<String, Object> values;

    Fields(PlainContent plain) {
        this.plain = plain;
        this.values = Map.of();
    }

    /** @param values String, Long, Boolean, List, Map, null, or a Double for any number that is not a long */
    Fields(Map<String, Object> values) {
        this.plain = null;
        this.values = values;
    }

    /** The fields of an object inside the field {@code name}. */
    @SuppressWarnings("unchecked")
    static Fields of(String name, Object item) {
        if (!(item instanceof Map<?, ?>)) {
            throw Content.bad(name + " must have objects");
        }
        return new Fields((Map<String, Object>) item);
    }

    private Object value(String name) {
        return plain == null ? values.get(name) : plain.value(name);
    }

    boolean has(String name) {
        return value(name) != null;
    }

    String string(String name) {
        String text = typed(name, String.class, "a string");
        return plain == null ? wellFormed(name, text) : text;
    }

    /** The string, or null when the field is missing. */
    String optionalString(String name) {
        return has(name) ? string(name) : null;
    }

    String userId(String name) {
        return valid(name, string(name));
    }

    /** A list of 1 to {@code most} user ids. */
    List<String> userIds(String name, int most) {
        List<?> items = typed(name, List.class, "a list of user ids");
        if (items.isEmpty() || items.size() > most) {
            throw Content.bad(name + " must have 1 to " + most + " user ids, not " + items.size());
        }
        return items.stream().map(item -> userIdIn(name, item)).toList();
    }

    /** Whether there is nothing to read: no such field, or an empty list. */
    boolean isEmptyList(String name) {
        return !has(name) || value(name) instanceof List<?> items && items.isEmpty();
    }

    String room(String name) {
        String room = string(name);
        if (!Room.isValid(room)) {
            throw Content.bad(name + ' ' + Room.RULE);
        }
        return room;
    }

    List<?> list(String name) {
        return typed(name, List.class, "a list");
    }

    String clientId() {
        String id = string("client_id");
        if (!ClientId.isValid(id)) {
            throw Content.bad("client_id " + ClientId.RULE);
        }
        return id;
    }

    /** The client_id, or null when it is missing or cannot be answered with. */
    String readableClientId() {
        return value("client_id") instanceof String id && ClientId.isValid(id) ? id : null;
    }

    long number(String name, long least) {
        long number = typed(name, Long.class, "a whole number");
        if (number < least || number > LARGEST_NUMBER) {
            throw Content.bad(name + " must be a whole number from " + least + " to " + LARGEST_NUMBER);
        }
        return number;
    }

    /** The number, or 0 when the field is missing. */
    long optionalNumber(String name, long least) {
        return has(name) ? number(name, least) : 0;
    }

    boolean isTrue(String name) {
        return has(name) && typed(name, Boolean.class, "true or false");
    }

    Map<?, ?> object(String name) {
        return typed(name, Map.class, "an object");
    }

    private <T> T typed(String name, Class<T> type, String description) {
        Object value = value(name);
        if (value == null) {
            throw Content.bad(name + " is missing");
        }
        if (!type.isInstance(value)) {
            throw Content.bad(name + " must be " + description);
        }
        return type.cast(value);
    }

    private static String userIdIn(String name, Object item) {
        if (!(item instanceof String id)) {
            throw Content.bad(name + " must be a list of user ids");
        }
        return valid("each of " + name, id);
    }

    private static String valid(String name, String userId) {
        if (!UserId.isValid(userId)) {
            throw Content.bad(name + ' ' + UserId.RULE);
        }
        return userId;
    }

    /** An escape like {@code \ud800} alone is valid JSON, but no text: it could not be written as UTF-8 again. */
    private static String wellFormed(String name, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                throw Content.bad(name + " must not have half of a surrogate pair");
            }
        }
        return text;
    }
}
