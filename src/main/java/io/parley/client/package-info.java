/**
 * A client of a node, as a library: reconnects, sends again what is unanswered, shows a message once.
 * Knows the native protocol through codec.json; must not know the node's packages nor print anything.
 */
package io.parley.client;
