package io.parley.cli.chat;

import io.parley.client.Incoming;
import io.parley.protocol.Message;

/**
 * One message of a conversation, as it will be shown. Nothing in it is fit for a terminal yet: see {@code PlainText}.
 *
 * @param id      who the conversation is with
 * @param name    their name; the id where it is not known
 * @param at      epoch milliseconds
 * @param waited  whether it waited in the mailbox
 * @param mine    whether it was typed here
 */
record Entry(String id, String name, long at, String text, boolean waited, boolean mine) {

    static Entry of(Incoming incoming) {
        Message message = incoming.message();
        return new Entry(
                message.chatFrom(), message.fromName(), message.sentAt(), message.content(), incoming.waited(), false);
    }
}
