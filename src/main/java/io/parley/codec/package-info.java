/**
 * Turns bytes into commands and events into bytes; a codec reports, and its caller decides.
 * Knows no accounts, no stores, no bus and no sockets; imports protocol, and Vert.x's buffers, JSON and RecordParser.
 */
package io.parley.codec;
