package io.parley.bus;

/**
 * Gives up a session's place in a room; answered by the same when everybody on this node has been told, or by a
 * refusal. Who has no place there may be taken out all the same.
 *
 * @param gateway  the session's
 */
public record LeaveRoom(String gateway, String session, String room) {}
