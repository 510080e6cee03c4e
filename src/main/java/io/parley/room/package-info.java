/**
 * Rooms and broadcast: who of this node is in which room, which other nodes want to hear of it, and the road of what is
 * said there. Knows gateways and other nodes by their addresses only; knows no sockets, no accounts and no store.
 */
package io.parley.room;
