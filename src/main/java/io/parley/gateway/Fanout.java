package io.parley.gateway;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Receipt;
import io.parley.protocol.Receipt.Status;
import io.parley.protocol.Refusal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What becomes of one message to several recipients, until it is known for each of them (protocol.md, 120 receipt). */
final class Fanout {

    private final String clientId;
    private final String messageId;
    private final List<String> recipients;
    /** Whether a group's members are the recipients: the sender has not named them. */
    private final boolean group;
    /** By place; null while not known. */
    private final Status[] statuses;

    private final Map<Status, Integer> counts = new EnumMap<>(Status.class);
    private final Map<String, ErrorCode> errors = new HashMap<>();
    private int open;
    /** The refusal of the first recipient in order whose refusal makes the message refused; null without one. */
    private Refusal error;

    private int errorPlace = Integer.MAX_VALUE;
    private String durability;

    Fanout(String clientId, String messageId, List<String> recipients, boolean group) {
        this.clientId = clientId;
        this.messageId = messageId;
        this.recipients = recipients;
        this.group = group;
        this.statuses = new Status[recipients.size()];
        this.open = recipients.size();
    }

    /**
     * @param outcome  the receipt of one recipient's share
     * @return whether this is news: each recipient counts once
     */
    boolean settle(int place, Receipt outcome) {
        if (statuses[place] != null) {
            return false;
        }
        statuses[place] = outcome.status();
        counts.merge(outcome.status(), 1, Integer::sum);
        open--;
        if (outcome.status() == Status.REFUSED) {
            refused(place, outcome.error());
        } else if (outcome.status() == Status.STORED) {
            durability = outcome.durability();
        }
        return true;
    }

    /** Nobody can do anything about a member whose account is gone; somebody in a list was named by the sender. */
    private void refused(int place, Refusal why) {
        if (!group) {
            errors.put(recipients.get(place), why.code());
        }
        boolean former = group && why.code() == ErrorCode.UNKNOWN_USER;
        if (!former && place < errorPlace) {
            errorPlace = place;
            error = why;
        }
    }

    boolean isSettled() {
        return open == 0;
    }

    /** When it is settled. */
    Receipt receipt() {
        Receipt.Spread spread = new Receipt.Spread(results(), errors, counts);
        if (error != null) {
            return Receipt.refused(clientId, messageId, error).with(spread);
        }
        return (counts.containsKey(Status.STORED)
                        ? Receipt.stored(clientId, messageId, durability)
                        : Receipt.delivered(clientId, messageId))
                .with(spread);
    }

    private Map<String, Status> results() {
        Map<String, Status> results = new HashMap<>();
        if (!group) {
            for (int place = 0; place < statuses.length; place++) {
                results.put(recipients.get(place), statuses[place]);
            }
        }
        return results;
    }
}
