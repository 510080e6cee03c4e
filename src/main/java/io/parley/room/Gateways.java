package io.parley.room;

import io.parley.bus.Bus;
import io.parley.bus.RoomNews;
import io.parley.bus.RoomNews.Item;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from the rooms to this node's gateways: what one turn of the loop produces for a gateway goes there as one
 * batch, in order, and is acknowledged when it has been given to the sessions. Whoever caused it is answered only then,
 * so that nobody speaks faster than the node can tell it.
 */
final class Gateways {

    private static final Logger log = LoggerFactory.getLogger(Gateways.class);

    /** A gateway acknowledges at the end of its turn; this ends the wait for one that has broken. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Bus bus;
    private final String self;
    private final Context context;
    private Map<String, List<Item>> news = new LinkedHashMap<>();
    private List<Runnable> afterwards = new ArrayList<>();
    private boolean due;
    private long untaken;

    /** @param self the node, as {@link io.parley.bus.Addresses#self} says it */
    Gateways(Bus bus, String self, Context context) {
        this.bus = bus;
        this.self = self;
        this.context = context;
    }

    void tell(Collection<String> gateways, Item item) {
        gateways.forEach(gateway ->
                news.computeIfAbsent(gateway, first -> new ArrayList<>(4)).add(item));
        schedule();
    }

    /** Runs the task when everything told in this turn has been given to the sessions. */
    void afterwards(Runnable task) {
        afterwards.add(task);
        schedule();
    }

    /** About how many bytes gateways were handed and have not given to their sessions. */
    long untaken() {
        return untaken;
    }

    private void schedule() {
        if (!due) {
            due = true;
            context.runOnContext(endOfTurn -> flush());
        }
    }

    private void flush() {
        due = false;
        Map<String, List<Item>> ready = news;
        List<Runnable> tasks = afterwards;
        news = new LinkedHashMap<>();
        afterwards = new ArrayList<>();
        List<Future<?>> handing = new ArrayList<>();
        ready.forEach((gateway, items) -> handing.add(hand(gateway, items)));
        // Joined: one that has broken must not hold up the answers about all others.
        Future.join(handing).onComplete(handed -> tasks.forEach(Runnable::run));
    }

    private Future<?> hand(String gateway, List<Item> items) {
        long size = items.stream().mapToLong(OtherNodes::size).sum();
        untaken += size;
        return bus.request(gateway, new RoomNews(self, items), PATIENCE)
                .onFailure(broken -> log.warn("room news not taken gateway={} error={}", gateway, broken.getMessage()))
                .onComplete(taken -> untaken -= size);
    }
}
