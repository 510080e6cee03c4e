package io.parley.bus;

/**
 * Tells the delivery shards, the gateways and the rooms of this node that another one has left the cluster: nobody
 * there will answer any more.
 *
 * @param node as {@link Addresses#nodeOf} says it
 */
public record NodeLeft(String node) {}
