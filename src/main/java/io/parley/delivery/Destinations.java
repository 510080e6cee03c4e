package io.parley.delivery;

import io.parley.bus.Addresses;
import io.parley.bus.Bus;
import io.parley.bus.ClusterBus;
import io.parley.bus.Parcel;
import io.parley.bus.TurnBatches;
import io.parley.protocol.Envelope;
import io.vertx.core.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where one shard pushes to: batches what a turn of the loop produces for each gateway, and keeps a window to each
 * gateway of another node.
 */
final class Destinations {

    /** For each gateway of another node, about 0.1 s of what one core can push. */
    private static final int MAX_PUSHES = 4096;

    /**
     * What a node that hangs may cost this one, all shards and all its gateways together, if it has about as many of
     * them as this one has shards. Never less than some large messages for each.
     */
    private static final long MAX_BYTES_A_NODE = 16 << 20;

    private static final long LEAST_BYTES = 256 << 10;

    /** What an item takes beyond its JSON: ids, headers. About. */
    private static final int ITEM_BYTES = 128;

    private final ClusterBus bus;
    private final Addresses addresses;
    private final String courier;
    private final Consumer<List<Long>> lost;
    private final long maxBytes;
    private final TurnBatches<Parcel.Item> parcels;
    private final Map<String, Destination> remote = new HashMap<>();

    /**
     * @param courier  where answers shall come to
     * @param lost     gets the numbers of pushes that surely did not leave
     */
    Destinations(ClusterBus bus, Addresses addresses, String courier, Context context, Consumer<List<Long>> lost) {
        this.bus = bus;
        this.addresses = addresses;
        this.courier = courier;
        this.lost = lost;
        this.maxBytes = maxBytes(addresses.gateways().size());
        this.parcels = new TurnBatches<>(context, this::send);
    }

    /** The window to a gateway; null for one of this node, as what is only handed over piles up nowhere. */
    Destination find(String gateway) {
        return addresses.isHere(gateway)
                ? null
                : remote.computeIfAbsent(gateway, g -> new Destination(MAX_PUSHES, maxBytes));
    }

    /** The window to one gateway. */
    static long maxBytes(int shards) {
        return Math.max(LEAST_BYTES, MAX_BYTES_A_NODE / ((long) shards * shards));
    }

    /** About how many bytes a push takes on its way. */
    static int size(Envelope envelope) {
        return ITEM_BYTES + envelope.json().length();
    }

    private static int size(Parcel.Item item) {
        return item instanceof Parcel.Push push ? size(push.envelope()) : ITEM_BYTES;
    }

    /** Adds to what leaves at the end of the turn. */
    void push(String gateway, Parcel.Push push) {
        parcels.add(gateway, push);
    }

    /** The same for a nudge; it stays here while the window is shut, as nothing is pushed that it must precede. */
    void nudge(String gateway, Parcel.Item nudge) {
        Destination destination = find(gateway);
        if (destination != null && destination.isShut()) {
            destination.owe(nudge);
        } else {
            parcels.add(gateway, nudge);
        }
    }

    private void send(String gateway, List<Parcel.Item> items) {
        Destination destination = find(gateway);
        Parcel parcel = new Parcel(courier, items);
        if (destination == null) {
            bus.send(gateway, parcel);
            return;
        }
        int size = items.stream().mapToInt(Destinations::size).sum();
        destination.writing(size);
        bus.send(gateway, parcel).onComplete(sent -> {
            destination.written(size);
            if (sent.succeeded()) {
                open(gateway, destination);
            } else {
                if (sent.cause() != Bus.NOBODY_THERE) {
                    oweAgain(destination, items);
                }
                lost.accept(numbers(items));
            }
        });
    }

    /** The nudges of a parcel that did not leave wait for the next tick, and so does everything behind them. */
    private static void oweAgain(Destination destination, List<Parcel.Item> items) {
        destination.shut();
        items.stream().filter(item -> !(item instanceof Parcel.Push)).forEach(destination::owe);
    }

    private static List<Long> numbers(List<Parcel.Item> items) {
        return items.stream()
                .filter(Parcel.Push.class::isInstance)
                .map(item -> ((Parcel.Push) item).number())
                .toList();
    }

    /** To be called when something of a window has become free. */
    private void open(String gateway, Destination destination) {
        destination.open().forEach(nudge -> parcels.add(gateway, nudge));
    }

    /** Looks at all of them: forgets those that are not in use, opens those with room. */
    void tick() {
        remote.values().removeIf(Destination::isIdle);
        remote.forEach(this::open);
    }
}
