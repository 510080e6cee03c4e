package io.parley.mailbox;

import io.parley.protocol.Location;

/**
 * A session has its account's location now.
 *
 * @param previous  the session that had it before and must end; null when there was none, or it was this one
 * @param waiting   messages in the mailbox
 */
public record Claimed(Location previous, long waiting) {}
