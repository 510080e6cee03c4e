package io.parley.protocol;

import java.util.Locale;
import java.util.Map;

/**
 * The node's answer to the sender about one message (DESIGN section 4, command 120).
 *
 * @param clientId   the sender's id for the message
 * @param messageId  the node's id for it; null when it was refused before it got one
 * @param status     what became of it; of a message to several, what holds for all of them
 * @param error      why it was refused; null otherwise
 * @param durability what {@code stored} is worth (conf {@code redis.durability}); null unless stored
 * @param spread     what became of it for each of several recipients; null for a message to one
 */
public record Receipt(
        String clientId, String messageId, Status status, Refusal error, String durability, Spread spread) {

    /** What became of a message. Only the first two are promises. */
    public enum Status {
        /** The recipient's client acknowledged it. */
        DELIVERED,
        /** Redis accepted it for later. */
        STORED,
        /** Handed to those who are there now, once; nobody acknowledges it, nothing is stored. */
        SENT,
        /** Nothing of these; the sender may try again. */
        REFUSED;

        private final String code = name().toLowerCase(Locale.ROOT);

        /** The status as it is written on the wire. */
        public String code() {
            return code;
        }
    }

    /**
     * What became of a message to several recipients.
     *
     * @param results  for each recipient of a list; empty for a group, whose members the sender has not named
     * @param errors   why, for those of the results that were refused
     * @param counts   how many recipients had each status; those that none had are absent
     */
    public record Spread(Map<String, Status> results, Map<String, ErrorCode> errors, Map<Status, Integer> counts) {
        public Spread {
            results = Map.copyOf(results);
            errors = Map.copyOf(errors);
            counts = Map.copyOf(counts);
        }
    }

    public static Receipt delivered(String clientId, String messageId) {
        return new Receipt(clientId, messageId, Status.DELIVERED, null, null, null);
    }

    public static Receipt stored(String clientId, String messageId, String durability) {
        return new Receipt(clientId, messageId, Status.STORED, null, durability, null);
    }

    public static Receipt sent(String clientId, String messageId) {
        return new Receipt(clientId, messageId, Status.SENT, null, null, null);
    }

    public static Receipt refused(String clientId, String messageId, Refusal error) {
        return new Receipt(clientId, messageId, Status.REFUSED, error, null, null);
    }

    /** The same, with what became of it for each of several recipients. */
    public Receipt with(Spread each) {
        return new Receipt(clientId, messageId, status, error, durability, each);
    }
}
