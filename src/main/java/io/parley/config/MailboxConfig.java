package io.parley.config;

import java.time.Duration;

/**
 * Bounds of one account's mailbox; over them the sender is refused with {@code mailbox_full}.
 *
 * @param maxMessages  how many messages may wait; default 10,000
 * @param maxBytes     their size together in bytes; default 16 MiB
 * @param expiry       how long they are kept after the last append; default 30 days
 */
public record MailboxConfig(int maxMessages, long maxBytes, Duration expiry) {
    public MailboxConfig {
        Keys.MAX_MESSAGES.check(maxMessages);
        Keys.MAX_BYTES.check(maxBytes);
        Keys.EXPIRY.check(expiry);
    }
}
