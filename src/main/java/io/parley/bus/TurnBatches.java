package io.parley.bus;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Collects what one turn of an event loop produces for each address and sends it as one batch at the end of the turn:
 * the bus costs the same for a batch as for one item. Items for one address keep their order. Used on one event loop.
 *
 * @param <T> what is collected
 */
public final class TurnBatches<T> {

    private final Context context;
    private final BiConsumer<String, List<T>> send;
    private Map<String, List<T>> batches = new LinkedHashMap<>();

    /** @param send gets an address and its batch, at the end of the turn */
    public TurnBatches(Context context, BiConsumer<String, List<T>> send) {
        this.context = context;
        this.send = send;
    }

    public void add(String address, T item) {
        if (batches.isEmpty()) {
            context.runOnContext(endOfTurn -> flush());
        }
        batches.computeIfAbsent(address, a -> new ArrayList<>(4)).add(item);
    }

    private void flush() {
        Map<String, List<T>> ready = batches;
        batches = new LinkedHashMap<>();
        ready.forEach(send);
    }
}
