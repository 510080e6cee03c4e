package io.parley.auth;

import java.time.Instant;

/**
 * An account for somebody who looks after it.
 *
 * @param createdAt   null when a custom account query does not tell
 * @param disabledAt  null when it is enabled, or a custom account query does not tell
 */
public record AccountDetails(Account account, Instant createdAt, Instant disabledAt) {}
