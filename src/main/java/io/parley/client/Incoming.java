package io.parley.client;

import io.parley.protocol.Message;

/**
 * A message that arrived; its audience says whether it is for this account, a group, a room or everybody.
 *
 * @param waited  whether it waited in the mailbox because this account was not connected, or not fast enough
 */
public record Incoming(Message message, boolean waited) {}
