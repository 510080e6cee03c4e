/**
 * The native protocol: frames with a JSON object inside (protocol.md), in both directions, as client and node share it.
 * Knows bytes and fields; must not know what a node or a client does with them.
 */
package io.parley.codec.json;
