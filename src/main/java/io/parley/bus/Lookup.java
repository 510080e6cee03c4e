package io.parley.bus;

/**
 * Asks auth whether an account exists; answered by its user id as the database row spells it ({@link Found}), or by a
 * {@link io.parley.protocol.Refusal}: {@code unknown_user}, or {@code unavailable} when MySQL cannot tell.
 */
public record Lookup(String userId) {

    /** @param userId spelt as in the database row */
    public record Found(String userId) {}
}
