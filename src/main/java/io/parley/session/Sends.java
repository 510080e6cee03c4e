package io.parley.session;

import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a session sent: which messages still await their receipt, and the receipts of the last ones, so that a repeat of
 * a client_id is answered instead of being sent twice (DESIGN section 2, promise 2).
 */
final class Sends {

    /** So many results of a list count like one more receipt; said in the text of limits.recentReceipts. */
    private static final int RESULTS_LIKE_A_RECEIPT = 8;

    /** A send without a receipt. */
    private static final class Unanswered {
        final long since;
        /** How many commands carried this client_id: each gets the receipt. */
        int commands = 1;

        Unanswered(long since) {
            this.since = since;
        }
    }

    private final Map<String, Unanswered> unanswered = new LinkedHashMap<>();
    /** The eldest first. */
    private final Map<String, Receipt> recent = new LinkedHashMap<>(2);

    private final int remembered;
    /** Of the recent receipts together. */
    private int weight;

    Sends(int remembered) {
        this.remembered = remembered;
    }

    /** The receipt that the first send of this client_id got, if that was a promise; else null. */
    Receipt earlier(Command.Send command) {
        return recent.get(command.clientId());
    }

    /** Whether a receipt for this client_id is still to come, whatever becomes of this command. */
    boolean isInProgress(Command.Send command) {
        return unanswered.containsKey(command.clientId());
    }

    /** @return whether it is new; a repeat of one in progress only waits for the same receipt */
    boolean begin(Command.Send command, long now) {
        Unanswered first = unanswered.get(command.clientId());
        if (first != null) {
            first.commands++;
            return false;
        }
        unanswered.put(command.clientId(), new Unanswered(now));
        return true;
    }

    /** @return how many commands this receipt answers; 0 when it came too late */
    int end(Receipt receipt) {
        Unanswered ended = unanswered.remove(receipt.clientId());
        if (ended == null) {
            return 0;
        }
        if (receipt.status() != Receipt.Status.REFUSED) {
            remember(receipt);
        }
        return ended.commands;
    }

    /** The newest in any case, whatever it weighs. */
    private void remember(Receipt receipt) {
        recent.put(receipt.clientId(), receipt);
        weight += weight(receipt);
        Iterator<Receipt> eldest = recent.values().iterator();
        while (weight > remembered && recent.size() > 1) {
            weight -= weight(eldest.next());
            eldest.remove();
        }
    }

    /** The results for a long list take as much memory as many receipts. */
    private static int weight(Receipt receipt) {
        return receipt.spread() == null ? 1 : 1 + receipt.spread().results().size() / RESULTS_LIKE_A_RECEIPT;
    }

    /**
     * Receipts for sends that nobody has answered since {@code before}: the sender must not be left in doubt for ever.
     */
    List<Receipt> overdue(long before) {
        List<Receipt> overdue = new ArrayList<>();
        for (Map.Entry<String, Unanswered> each : unanswered.entrySet()) {
            if (each.getValue().since > before) {
                break;
            }
            overdue.add(Receipt.refused(
                    each.getKey(),
                    null,
                    new Refusal(ErrorCode.UNAVAILABLE, "no answer in time, send it again", Duration.ofSeconds(1))));
        }
        return overdue;
    }
}
