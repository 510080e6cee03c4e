/**
 * Brings each message to its recipient: to the session when there is one, into the mailbox when there is none, and in
 * order either way (DESIGN section 8). Knows locations, mailboxes and gateways' addresses; knows no sockets, no codecs
 * and nothing of a session but its answers.
 */
package io.parley.delivery;
