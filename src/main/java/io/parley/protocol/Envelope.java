package io.parley.protocol;

/**
 * A message as it travels and waits: serialised once by the gateway that accepted it, then passed on and appended byte
 * for byte by everyone, so that appending it twice is harmless (DESIGN section 6).
 *
 * @param id    the message_id; ASCII, fixed width
 * @param json  the delivery's JSON object without the fields that belong to one session (seq, replayed)
 */
public record Envelope(String id, String json) {}
