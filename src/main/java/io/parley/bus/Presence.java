package io.parley.bus;

import io.parley.protocol.Location;

/**
 * A gateway of this node says that a session opened or ended. A hint for the time when Redis, which knows where
 * everybody is, cannot be asked (DESIGN section 2, promise 9).
 */
public record Presence(String userId, Location location, boolean here) {}
