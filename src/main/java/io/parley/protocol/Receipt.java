package io.parley.protocol;

/**
 * The node's answer to the sender about one message (DESIGN section 4, command 120).
 *
 * @param clientId   the sender's id for the message
 * @param messageId  the node's id for it; null when it was refused before it got one
 * @param status     what became of it
 * @param error      why it was refused; null otherwise
 * @param durability what {@code stored} is worth (conf {@code redis.durability}); null unless stored
 */
public record Receipt(String clientId, String messageId, Status status, Refusal error, String durability) {

    /** What became of a message. Only the first two are promises. */
    public enum Status {
        /** The recipient's client acknowledged it. */
        DELIVERED,
        /** Redis accepted it for later. */
        STORED,
        /** Neither; the sender may try again. */
        REFUSED
    }

    public static Receipt delivered(String clientId, String messageId) {
        return new Receipt(clientId, messageId, Status.DELIVERED, null, null);
    }

    public static Receipt stored(String clientId, String messageId, String durability) {
        return new Receipt(clientId, messageId, Status.STORED, null, durability);
    }

    public static Receipt refused(String clientId, String messageId, Refusal error) {
        return new Receipt(clientId, messageId, Status.REFUSED, error, null);
    }
}
