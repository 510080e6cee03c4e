package io.parley.client;

import io.parley.protocol.Message;
import io.parley.protocol.Recent;
import io.vertx.core.Future;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Shows a message once, although it may arrive several times (promise 2): remembers the pairs (chat_from, client_id) of
 * the newest messages, over all connections of a client.
 */
final class Seen {

    /** Chosen: far more than two ids have, which are 64 characters each at most. */
    static final int LONGEST_COMPACT = 1_024;

    /** In no user id and no client_id. */
    private static final char BETWEEN = '\n';

    private static final Future<Void> DONE = Future.succeededFuture();

    private final int capacity;
    /** The messages that the program has taken. */
    private final Recent taken = new Recent();
    /** Those that it is still at; taken or not, those with ids that no node of Parley lets through. */
    private final Map<String, Future<Void>> others = new LinkedHashMap<>();

    private long repeats;

    Seen(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Gives the message to {@code handler} unless it was given before; a repeat gets the future of the first, as it
     * must not be acknowledged earlier. A message whose handler failed may come again.
     */
    Future<Void> once(Incoming incoming, Function<Incoming, Future<Void>> handler) {
        Message message = incoming.message();
        String key = message.chatFrom() + BETWEEN + message.clientId();
        Future<Void> before = taken.contains(key) ? DONE : others.get(key);
        if (before != null) {
            repeats++;
            return before;
        }
        Future<Void> processing = handler.apply(incoming);
        if (processing.succeeded() && isCompact(key)) {
            take(key);
            return processing;
        }
        others.put(key, processing);
        forgetTheOldest();
        return processing
                .onSuccess(done -> processed(key, processing))
                .onFailure(failed -> others.remove(key, processing));
    }

    private static boolean isCompact(String key) {
        return key.length() <= LONGEST_COMPACT;
    }

    /** By then it may be forgotten, and have come again. */
    private void processed(String key, Future<Void> processing) {
        if (isCompact(key) && others.remove(key, processing)) {
            take(key);
        }
    }

    private void take(String key) {
        taken.add(key, "");
        forgetTheOldest();
    }

    /** How many messages came again. */
    long repeats() {
        return repeats;
    }

    /** First of those that are taken: what the program is still at must not be given to it again. */
    private void forgetTheOldest() {
        if (taken.size() + others.size() <= capacity) {
            return;
        }
        if (taken.size() > 0) {
            taken.removeOldest();
        } else {
            Iterator<String> oldest = others.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
