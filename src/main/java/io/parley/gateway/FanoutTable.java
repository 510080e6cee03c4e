package io.parley.gateway;

import io.parley.bus.Submissions.Share;
import io.parley.protocol.Receipt;
import java.util.HashMap;
import java.util.Map;

/**
 * The messages to several whose outcomes are not all in. A message stays here until they are, also when its session has
 * ended: a delivery shard answers every submission, so this counts what is really on its way.
 */
final class FanoutTable {

    /** Recipients without an outcome, of all sessions of this gateway: about 60 MB with what the lanes keep of them. */
    static final int MAX_OPEN = 200_000;

    /** Four messages to the largest group. */
    static final int MAX_OPEN_OF_SESSION = 20_000;

    private record Entry(String session, Fanout fanout) {}

    private final Map<Long, Entry> entries = new HashMap<>();
    private final Map<String, Integer> openOfSession = new HashMap<>();
    private int open;
    private long lastNumber;

    /** Whether a message of the session to so many more may begin. */
    boolean hasRoom(String session, int recipients) {
        return open + recipients <= MAX_OPEN
                && openOfSession.getOrDefault(session, 0) + recipients <= MAX_OPEN_OF_SESSION;
    }

    /** @return the number that its shares carry */
    long add(String session, Fanout fanout, int recipients) {
        entries.put(++lastNumber, new Entry(session, fanout));
        openOfSession.merge(session, recipients, Integer::sum);
        open += recipients;
        return lastNumber;
    }

    /** @return the receipt for the message, when this was the last outcome that it waited for; else null */
    Receipt settle(Share share, Receipt outcome) {
        Entry entry = entries.get(share.fanout());
        if (entry == null || !entry.fanout().settle(share.place(), outcome)) {
            return null;
        }
        open--;
        openOfSession.computeIfPresent(entry.session(), (session, count) -> count == 1 ? null : count - 1);
        if (!entry.fanout().isSettled()) {
            return null;
        }
        entries.remove(share.fanout());
        return entry.fanout().receipt();
    }
}
