/**
 * The life of one connection as a state machine: who it speaks for, what it may send, what it was sent and has not
 * acknowledged, how its mailbox is drained, how it begins and how it ends (DESIGN section 6). Knows no socket, no
 * clock, no Redis, no event bus: it is told events and asks for effects, so a test can order them at will.
 */
package io.parley.session;
