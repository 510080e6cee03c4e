package io.parley.bus;

/**
 * All event-bus addresses of a node; they are built nowhere else.
 *
 * <p>Auth and delivery are node-local. The addresses of gateways and couriers are unique in a cluster: they carry the
 * node id and a part that is random for each boot, so that two nodes that were given one id by mistake cannot share
 * them.
 *
 * @param node    the node's id
 * @param boot    random for each start
 * @param shards  how many delivery shards the node has
 */
public record Addresses(String node, String boot, int shards) {

    /** Requests {@link Login}, {@link Lookup}, {@link AskStore}. Node-local. */
    public static final String AUTH = "auth";

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
        return "gateway." + node + '-' + boot + '.' + instance;
    }

    /**
     * Whether this gateway's address belongs to this run of this node. A location with another one was left behind by a
     * node that was killed; nobody will answer there.
     */
    public boolean isHere(String gateway) {
        return gateway.startsWith("gateway." + node + '-' + boot + '.');
    }

    /** Takes {@link Answers} to the pushes of one delivery shard. */
    public String courier(int shard) {
        return "courier." + node + '-' + boot + '.' + shard;
    }
}
