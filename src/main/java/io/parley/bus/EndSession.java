package io.parley.bus;

import io.parley.protocol.ByeReason;

/**
 * Asks a gateway to end a session; answered by {@link SessionState#GONE} when it has ended: its in-flight messages are
 * in the mailbox and it takes no more. At once when it is not known there.
 */
public record EndSession(String session, ByeReason reason) implements Crossing {}
