package io.parley.room;

import io.parley.bus.Addresses;
import io.parley.bus.ClusterBus;
import io.parley.bus.Crossing;
import io.parley.bus.RoomNews;
import io.parley.bus.RoomNews.Item;
import io.parley.bus.RoomsHere;
import io.parley.bus.TurnBatches;
import io.parley.metrics.RoomMeters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ways to the rooms of other nodes: what one turn of the loop produces for a node goes there as one batch, in
 * order. What is handed to the bus and not written yet is bounded for each node, as the bus would let it grow; what
 * comes above it is dropped, for everything here is promised at most once.
 */
final class OtherNodes {

    /** What a node that hangs may cost this one. Chosen: some thousand messages, or a few dozen of the largest. */
    static final int MAX_BYTES = 4 << 20;

    /** Of one part of a list of rooms, so that none holds up what comes behind it. */
    private static final int ROOMS_A_PART = 10_000;

    /** What an item takes beyond its JSON: ids, names, lengths. About. */
    private static final int ITEM_BYTES = 128;

    /** What the name of a room takes on its way. About. */
    private static final int NAME_BYTES = 32;

    private final ClusterBus cluster;
    private final String self;
    private final RoomMeters meters;
    private final TurnBatches<Item> batches;
    private final Map<String, Window> windows = new HashMap<>();

    OtherNodes(ClusterBus cluster, Addresses addresses, Context context, RoomMeters meters) {
        this.cluster = cluster;
        this.self = addresses.self();
        this.meters = meters;
        this.batches = new TurnBatches<>(context, this::send);
    }

    /** Bytes on their way to one node. */
    private static final class Window {
        private int bytes;

        boolean admits(int size) {
            if (bytes + size > MAX_BYTES) {
                return false;
            }
            bytes += size;
            return true;
        }
    }

    /** About how many bytes an item takes on its way. */
    static int size(Item item) {
        if (item instanceof RoomNews.Said said) {
            return ITEM_BYTES + said.envelope().json().length();
        }
        return item instanceof RoomNews.Broadcast broadcast
                ? ITEM_BYTES + broadcast.envelope().json().length()
                : ITEM_BYTES;
    }

    void tell(Collection<String> nodes, Item item) {
        int size = size(item);
        for (String node : nodes) {
            if (window(node).admits(size)) {
                batches.add(node, item);
            } else {
                meters.notSent(1);
            }
        }
    }

    private Window window(String node) {
        return windows.computeIfAbsent(node, first -> new Window());
    }

    private void send(String node, List<Item> items) {
        int size = items.stream().mapToInt(OtherNodes::size).sum();
        send(node, new RoomNews(self, items), items.size(), size);
    }

    /** @param size admitted by its window already */
    private Future<Void> send(String node, Crossing record, int items, int size) {
        Window window = window(node);
        return cluster.send(Addresses.rooms(node), record)
                .onFailure(lost -> meters.notSent(items))
                .onComplete(sent -> window.bytes -= size);
    }

    /**
     * Tells a node all rooms in which this one has people.
     *
     * @return fails when it was not told: then it is to be told later
     */
    Future<?> tellAll(String node, List<String> rooms) {
        int size = ITEM_BYTES + rooms.size() * NAME_BYTES;
        if (!window(node).admits(size)) {
            return Future.failedFuture("too much is on its way there");
        }
        List<Future<Void>> parts = new ArrayList<>();
        int sent = 0;
        do {
            int end = Math.min(rooms.size(), sent + ROOMS_A_PART);
            boolean last = end == rooms.size();
            RoomsHere part = new RoomsHere(self, sent == 0, last, rooms.subList(sent, end));
            parts.add(send(node, part, 0, last ? size : 0));
            sent = end;
        } while (sent < rooms.size());
        return Future.all(parts);
    }

    /** Forgets all but these. What is still on its way to others is counted by nobody any more. */
    void retain(Set<String> nodes) {
        windows.keySet().retainAll(nodes);
    }
}
