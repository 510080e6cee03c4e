package io.parley.bus;

/** Sent to a clustered address of this node: register it in the cluster anew. {@link ClusterBus} does so by itself. */
public record Renew() {}
