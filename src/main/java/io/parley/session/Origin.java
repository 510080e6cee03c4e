package io.parley.session;

/**
 * Where a push came from and whom its answers go to.
 *
 * @param courier  address of the delivery shard
 * @param number   the shard's number of the push
 */
public record Origin(String courier, long number) {}
