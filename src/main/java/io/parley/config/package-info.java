/**
 * What a node is told at start: typed records, read from JSON, the environment and system properties, and checked once.
 * Knows no sockets and no stores; nothing outside this package reads configuration JSON.
 */
package io.parley.config;
