/**
 * {@code parley chat}: the course of a chat, and the two ways to see it, in a terminal and line by line.
 * Knows the client library and JLine; everything but reading a line happens on one thread of its own.
 */
package io.parley.cli.chat;
