package io.parley.config;

/**
 * Bounds that protect a node from its clients, and clients from each other.
 *
 * @param maxFrame         largest frame accepted, header included, bytes; default 65,536
 * @param ackWindow        unacknowledged deliveries in flight for a session; default 256
 * @param unansweredSends  sends of a session without a receipt; at this number its reading pauses; default 128
 * @param waitingBytes     bytes waiting to be written to one socket; over it deliveries go to the mailbox; default
 *                         262,144
 * @param laneDepth        messages of all senders of a node on the way to one recipient; over it too_many; default
 *                         1,024
 * @param recentReceipts   receipts a session remembers to answer repeats; default 512
 */
public record LimitsConfig(
        int maxFrame, int ackWindow, int unansweredSends, int waitingBytes, int laneDepth, int recentReceipts) {
    public LimitsConfig {
        Keys.MAX_FRAME.check((long) maxFrame);
        Keys.ACK_WINDOW.check(ackWindow);
        Keys.UNANSWERED_SENDS.check(unansweredSends);
        Keys.WAITING_BYTES.check((long) waitingBytes);
        Keys.LANE_DEPTH.check(laneDepth);
        Keys.RECENT_RECEIPTS.check(recentReceipts);
    }
}
