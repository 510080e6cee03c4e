package io.parley.auth;

/**
 * What became of an import.
 *
 * @param made     accounts that are new
 * @param skipped  lines that were at fault, if these were to be skipped
 * @param faults   what was wrong with them; null when there were none
 */
public record Imported(int made, int skipped, AccountFaults faults) {}
