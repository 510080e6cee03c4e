package io.parley.client;

import io.parley.protocol.Message;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Shows a message once, although it may arrive several times (promise 2): remembers the pairs (chat_from, client_id) of
 * the newest messages, over all connections of a client.
 */
final class Seen {

    private final int capacity;
    private final Map<Key, Future<Void>> shown = new LinkedHashMap<>();
    private long repeats;

    Seen(int capacity) {
        this.capacity = capacity;
    }

    private record Key(String chatFrom, String clientId) {}

    /**
     * Gives the message to {@code handler} unless it was given before; a repeat gets the future of the first, as it
     * must not be acknowledged earlier. A message whose handler failed may come again.
     */
    Future<Void> once(Incoming incoming, Function<Incoming, Future<Void>> handler) {
        Message message = incoming.message();
        Key key = new Key(message.chatFrom(), message.clientId());
        Future<Void> before = shown.get(key);
        if (before != null) {
            repeats++;
            return before;
        }
        Future<Void> processing = handler.apply(incoming);
        shown.put(key, processing);
        forgetTheOldest();
        return processing.succeeded() ? processing : processing.onFailure(failure -> shown.remove(key));
    }

    /** How many messages came again. */
    long repeats() {
        return repeats;
    }

    private void forgetTheOldest() {
        if (shown.size() > capacity) {
            shown.remove(shown.keySet().iterator().next());
        }
    }
}
