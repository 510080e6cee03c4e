package io.parley.bus;

/** Asks auth whether one of its stores answers; answered by the same, or by a refusal. */
public enum AskStore {
    MYSQL,
    REDIS
}
