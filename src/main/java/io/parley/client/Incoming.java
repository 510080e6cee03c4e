package io.parley.client;

import io.parley.protocol.Message;

/**
 * A message that arrived.
 *
 * @param waited  whether it waited in the mailbox because this account was not connected, or not fast enough
 */
public record Incoming(Message message, boolean waited) {}
