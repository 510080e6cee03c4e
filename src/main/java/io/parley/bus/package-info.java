/**
 * Where verticles meet: the addresses and the records that cross the event bus.
 * Knows no sockets, no Redis, no SQL, and nothing of what a verticle does with a record.
 */
package io.parley.bus;
