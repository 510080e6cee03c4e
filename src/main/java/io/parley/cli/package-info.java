/**
 * The subcommands of {@code parley}: what a person types, reads and is told when something is wrong.
 * Knows everything below it; nothing below knows it.
 */
package io.parley.cli;
