package io.parley.testkit;

import io.parley.config.ClusterConfig;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The configurations of a few nodes that shall find each other on this machine, without TLS between them. */
public final class ClusterConf {

    private final String name = "test-" + Long.toString(System.nanoTime(), 36);
    private final List<Integer> ports;
    private final int nodes;

    /** @param nodes how many there will be at most */
    public ClusterConf(int nodes) {
        this.nodes = nodes;
        this.ports = Ports.free(2 * nodes);
    }

    /** Where the others send to this node. */
    public int busPort(int index) {
        return ports.get(nodes + index);
    }

    /** The id of the {@code index}th node. */
    public String id(int index) {
        return name + '-' + index;
    }

    /** For who joins by itself, as a node of this cluster without anything else. */
    public ClusterConfig config(int index) {
        JsonObject cluster = node(index).getJsonObject("cluster");
        return new ClusterConfig(
                name,
                ClusterConfig.Discovery.STATIC,
                List.of(cluster.getString("members").split(",")),
                null,
                cluster.getString("host"),
                cluster.getInteger("port"),
                cluster.getInteger("busPort"),
                null);
    }

    /** What makes a node's configuration the one of the {@code index}th in this cluster. */
    public JsonObject node(int index) {
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < nodes; i++) {
            members.append(i == 0 ? "" : ",").append("127.0.0.1:").append(ports.get(i));
        }
        return new JsonObject()
                .put("node", new JsonObject().put("id", id(index)))
                .put(
                        "cluster",
                        new JsonObject()
                                .put("enabled", true)
                                .put("name", name)
                                .put("members", members.toString())
                                .put("host", "127.0.0.1")
                                .put("port", ports.get(index))
                                .put("busPort", busPort(index))
                                .put("busTls", false));
    }
}
