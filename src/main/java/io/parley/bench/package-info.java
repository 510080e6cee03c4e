/**
 * Puts a node or a cluster under load and says what that costs: the load of {@code parley bench}. Counts what is lost,
 * shown twice or out of order. Speaks to nodes as every client does, and reads their metrics.
 */
package io.parley.bench;
