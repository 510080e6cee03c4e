package io.parley.protocol;

/**
 * Somebody in a room.
 *
 * @param name as people call them; several may have the same
 */
public record Person(String userId, String name) {}
