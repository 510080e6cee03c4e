/**
 * Everything goes wrong in a cluster of real nodes, on purpose and from a seed, while accounts write to each other all
 * the time: {@link io.parley.chaos.Chaos} does it, {@link io.parley.chaos.Journal} writes down what it did to them.
 */
package io.parley.chaos;
