package io.parley.mailbox;

import io.parley.protocol.Location;

/**
 * What became of an append, and whom to tell.
 *
 * @param kept      whether the message is in the mailbox; false when that is full
 * @param location  where the account is connected; null when it is not. Known for a full mailbox too
 */
public record Appended(boolean kept, Location location) {}
