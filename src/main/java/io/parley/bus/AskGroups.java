package io.parley.bus;

import io.parley.protocol.Question;

/**
 * Asks to make, change or list groups; answered by the {@link io.parley.protocol.Event} for the client, or by a
 * {@link io.parley.protocol.Refusal}.
 *
 * @param asker the account that asks
 */
public record AskGroups(String asker, Question question) {}
