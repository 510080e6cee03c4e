/**
 * How the node speaks to Redis: one connection that mends itself, scripts, and the names of all keys.
 * Knows nothing of mailboxes, tokens or sessions, and not what is in a key.
 */
package io.parley.redis;
