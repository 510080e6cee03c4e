package io.parley.session;

import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Receipt;
import io.parley.protocol.Recent;
import io.parley.protocol.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
    /** Receipts that were a promise, of messages to one and of talk. */
    private final Recent recent = new Recent();

    /** Those of messages to several, with what became of each; the eldest first. */
    private Map<String, Receipt> lists = Map.of();

    private final int remembered;
    /** Of the lists together. */
    private int listWeight;

    Sends(int remembered) {
        this.remembered = remembered;
    }

    /** The receipt that the first send of this client_id got, if that was a promise; else null. */
    Receipt earlier(Command.Send command) {
        String clientId = command.clientId();
        String noted = recent.value(clientId);
        return noted == null ? lists.get(clientId) : Noted.receipt(clientId, noted);
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

    private void remember(Receipt receipt) {
        if (receipt.spread() == null) {
            recent.add(receipt.clientId(), Noted.of(receipt));
        } else {
            if (lists.isEmpty()) {
                lists = new LinkedHashMap<>();
            }
            lists.put(receipt.clientId(), receipt);
            listWeight += weight(receipt);
        }
        forget(receipt.spread() == null ? 1 : 0);
    }

    /**
     * Lists first, when they take more than half; never the newest receipt, whatever it weighs.
     *
     * @param plain  1 when the newest is one of the recent, 0 when it is a list
     */
    private void forget(int plain) {
        while (recent.size() + listWeight > remembered) {
            if (lists.size() > 1 - plain && (listWeight > remembered / 2 || recent.size() == plain)) {
                Iterator<Receipt> eldest = lists.values().iterator();
                listWeight -= weight(eldest.next());
                eldest.remove();
            } else if (recent.size() > plain) {
                recent.removeOldest();
            } else {
                return;
            }
        }
    }

    /** The results for a long list take as much memory as many receipts. */
    private static int weight(Receipt receipt) {
        return 1 + receipt.spread().results().size() / RESULTS_LIKE_A_RECEIPT;
    }

    /** How a receipt of a message to one is noted: its status, message_id, and what {@code stored} is worth. */
    private static final class Noted {

        private static final char SEPARATOR = ' ';

        static String of(Receipt receipt) {
            String durability = receipt.durability() == null ? "" : receipt.durability();
            return receipt.status().code() + SEPARATOR + receipt.messageId() + SEPARATOR + durability;
        }

        static Receipt receipt(String clientId, String noted) {
            String[] parts = noted.split(" ", -1);
            String durability = parts[2].isEmpty() ? null : parts[2];
            Receipt.Status status = Receipt.Status.valueOf(parts[0].toUpperCase(Locale.ROOT));
            return new Receipt(clientId, parts[1], status, null, durability, null);
        }
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
