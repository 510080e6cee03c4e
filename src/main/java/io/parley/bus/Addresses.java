package io.parley.bus;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All event-bus addresses of a node; they are built nowhere else.
 *
 * <p>Auth and delivery are node-local. The addresses of gateways and couriers are unique in a cluster: they carry the
 * node id and a part that is random for each boot, so that two nodes that were given one id by mistake cannot share
 * them.
 */
public final class Addresses {

    /** Requests {@link Login}, {@link Lookup}, {@link AskStore}. Node-local. */
    public static final String AUTH = "auth";

    /** Takes {@link Speeches}, and requests {@link EnterRoom}, {@link LeaveRoom}, {@link AskRooms}. Node-local. */
    public static final String ROOMS = "rooms";

    /** Requests {@link AskGroups}, {@link AskMembers}. Node-local. */
    public static final String GROUPS = "groups";

    private final String self;
    private final int shards;

    /**
     * @param node    the node's id
     * @param boot    random for each start
     * @param shards  how many delivery shards the node has
     */
    public Addresses(String node, String boot, int shards) {
        this.self = node + '-' + boot;
        this.shards = shards;
    }

    /** Takes {@link Submissions} for the recipients of one shard. Node-local. */
    public static String delivery(int shard) {
        return "delivery." + shard;
    }

    /** The address of the one shard that a recipient's messages all pass through on this node. */
    public String deliveryTo(String userId) {
        return delivery(Math.floorMod(userId.hashCode(), shards));
    }

    /**
     * Takes {@link Parcel}, {@link Outcomes}, and requests {@link EndSession}, {@link AskSession} for one gateway
     * instance.
     */
    public String gateway(int instance) {
        return "gateway." + self + '.' + instance;
    }

    /** Whether this gateway's or courier's address belongs to this run of this node. */
    public boolean isHere(String address) {
        int first = address.indexOf('.') + 1;
        int last = address.lastIndexOf('.');
        return last - first == self.length() && address.startsWith(self, first);
    }

    /** This run of this node, as it stands in the addresses of its gateways and couriers. */
    public String self() {
        return self;
    }

    /** The run of a node to which a gateway's or courier's address belongs; empty for any other address. */
    public static String nodeOf(String address) {
        int first = address.indexOf('.');
        int last = address.lastIndexOf('.');
        return first < last ? address.substring(first + 1, last) : "";
    }

    /** Where a node answers {@link Crossing.Witness}. */
    public static String witness(String node) {
        return "witness." + node + ".0";
    }

    /** Where a node hears {@link Crossing.GroupChanged}. */
    public static String groups(String node) {
        return "groups." + node + ".0";
    }

    /** Takes {@link Answers} to the pushes of one delivery shard. */
    public String courier(int shard) {
        return "courier." + self + '.' + shard;
    }

    /** Where a node hears of rooms: takes {@link RoomNews}, {@link RoomsHere}, and requests {@link AskRooms}. */
    public static String rooms(String node) {
        return "rooms." + node + ".0";
    }

    /** The node's own delivery shards. */
    public List<String> deliveries() {
        return IntStream.range(0, shards).mapToObj(Addresses::delivery).toList();
    }

    /** The node's own gateways: there are as many as shards. */
    public List<String> gateways() {
        return IntStream.range(0, shards).mapToObj(this::gateway).toList();
    }

    /** What other nodes must reach: there are as many gateways as shards. */
    public List<String> clustered() {
        Stream<String> ofShards = IntStream.range(0, shards).boxed().flatMap(i -> Stream.of(gateway(i), courier(i)));
        return Stream.concat(ofShards, Stream.of(rooms(self), groups(self))).toList();
    }
}
