package io.parley.bus;

import io.parley.protocol.Person;

/**
 * Asks for a place in a room of this node for a session of a gateway; answered by the same when everybody on this node
 * has been told, or by a refusal.
 *
 * @param gateway  the session's
 */
public record EnterRoom(String gateway, String session, String room, Person who) {}
