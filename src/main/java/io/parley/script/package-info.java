/**
 * The program as a part of other people's scripts: {@code send} and {@code listen}, in pipes, with exit codes.
 * Knows the client library and the command line; must not know a terminal's screen nor anything of a node.
 */
package io.parley.script;
