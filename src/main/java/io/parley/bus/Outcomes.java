package io.parley.bus;

import io.parley.bus.Submissions.Share;
import io.parley.protocol.Receipt;
import java.util.List;

/** What became of submissions: receipts for sessions of one gateway. */
public record Outcomes(List<Outcome> items) {
    public Outcomes {
        items = List.copyOf(items);
    }

    /** @param share the submission's; null for a message to one */
    public record Outcome(String session, Receipt receipt, Share share) {}
}
