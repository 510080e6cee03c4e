package io.parley.mailbox;

import io.parley.protocol.Location;

/**
 * Where a message goes.
 *
 * @param location  where its recipient is connected; null when they are not, then it went to the mailbox or that is
 *                  full
 * @param kept      whether the message is in the mailbox
 */
public record Routed(Location location, boolean kept) {

    /** Nobody to push it to and no room to keep it: the sender is refused with {@code mailbox_full}. */
    public boolean isFull() {
        return location == null && !kept;
    }
}
