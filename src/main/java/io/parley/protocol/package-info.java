/**
 * The words of the wire as plain values: commands, events, messages, receipts, errors.
 * Knows no bytes, no JSON, no network; imports nothing but the JDK.
 */
package io.parley.protocol;
