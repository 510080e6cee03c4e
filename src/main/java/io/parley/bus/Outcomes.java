package io.parley.bus;

import io.parley.protocol.Receipt;
import java.util.List;

/** What became of submissions: receipts for sessions of one gateway. */
public record Outcomes(List<Outcome> items) {
    public Outcomes {
        items = List.copyOf(items);
    }

    public record Outcome(String session, Receipt receipt) {}
}
