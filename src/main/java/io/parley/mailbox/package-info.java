/**
 * What waits for an account and where the account is connected, kept in Redis by scripts of one step each. Knows no
 * sockets, no sessions and no event bus; what to do about a location or a full mailbox is its callers' business.
 */
package io.parley.mailbox;
