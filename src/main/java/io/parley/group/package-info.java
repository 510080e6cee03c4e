/**
 * Durable groups: who is in them, who may change them, what is remembered of them.
 * Knows MySQL's tables of groups; must know neither sessions, nor messages, nor the table of accounts.
 */
package io.parley.group;
