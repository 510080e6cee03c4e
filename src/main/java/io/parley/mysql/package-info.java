/**
 * The way to MySQL that every part shares: one bounded pool that survives an outage, and what a connection looks like.
 * Knows no table; must not know accounts, groups or the event bus.
 */
package io.parley.mysql;
