package io.parley.bus;

/** Asks a gateway whether a session lives there; answered by a {@link SessionState}. */
public record AskSession(String session) implements Crossing {}
