package io.parley.bus;

import io.parley.protocol.Envelope;
import java.util.List;

/**
 * What one turn of a delivery shard's loop produced for one gateway: pushes and nudges in one queue, as their order is
 * what the gate relies on (DESIGN section 8).
 *
 * @param courier  where the {@link Answers} go, and who is asking: a session's gate remembers it
 */
public record Parcel(String courier, List<Item> items) implements Crossing {
    public Parcel {
        items = List.copyOf(items);
    }

    public sealed interface Item {
        String session();
    }

    /** @param number the shard's own, to tell the answers apart */
    public record Push(String session, long number, Envelope envelope) implements Item {}

    /** Something was appended to the session's mailbox: shut the gate and drain. */
    public record Nudge(String session) implements Item {}

    /**
     * Something that a newer node sent and this one does not know: to be refused, so that its message is stored.
     *
     * @param number a push's; 0 when it was none
     */
    public record Unknown(String session, long number) implements Item {}

    /** Nothing of what the session refused could be appended: pushes may come again, and there is nothing to drain. */
    public record Readmit(String session) implements Item {}
}
