package io.parley.bus;

/**
 * All event-bus addresses of a node; they are built nowhere else.
 *
 * <p>Auth and delivery are node-local. The addresses of gateways and couriers are unique in a cluster: they carry the node
 * id and a part that is random for each boot, so that two nodes that were given one id by mistake cannot share them.
 *
 * @param node  the node's id
 * @param boot  random for each start
 */
public record Addresses(String node, String boot) {

    /** Requests {@link Login}, {@link Lookup}. Node-local. */
    public static final String AUTH = "auth";

    /** Takes {@link Submissions} for the recipients of one shard. Node-local. */
    public static String delivery(int shard) {
        return "delivery." + shard;
    }

    /** The shard of {@code shards} that a recipient's messages all pass through on one node. */
    public static int shardOf(String userId, int shards) {
        return Math.floorMod(userId.hashCode(), shards);
    }

    /** Takes {@link Parcel}, {@link Outcomes}, and requests {@link EndSession}, {@link AskSession} for one gateway instance. */
    public String gateway(int instance) {
        return "gateway." + node + '-' + boot + '.' + instance;
    }

    /** Takes {@link Answers} to the pushes of one delivery shard. */
    public String courier(int shard) {
        return "courier." + node + '-' + boot + '.' + shard;
    }
}
