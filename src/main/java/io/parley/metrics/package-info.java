/**
 * The numbers that a node tells Prometheus: a class for each part of the node that counts, with a method for each thing
 * that happens. Knows the meters and their names (metrics.md), and nothing of how a node works.
 */
package io.parley.metrics;
