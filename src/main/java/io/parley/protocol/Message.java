package io.parley.protocol;

/**
 * What one account sends, as people see it.
 *
 * @param id        message_id: made by the node, fixed width, sorts in the order of acceptance
 * @param clientId  client_id: made by the sender; (chatFrom, clientId) lets every client show a message once
 * @param chatFrom  the sending session's account, never what the content claims
 * @param fromName  the sender's display name
 * @param content   the text
 * @param sentAt    when the node accepted it, epoch milliseconds
 * @param audience  for whom it is, besides this reader
 */
public record Message(
        String id, String clientId, String chatFrom, String fromName, String content, long sentAt, Audience audience) {

    /** A message to one account. */
    public Message(String id, String clientId, String chatFrom, String fromName, String content, long sentAt) {
        this(id, clientId, chatFrom, fromName, content, sentAt, Audience.ONE);
    }
}
