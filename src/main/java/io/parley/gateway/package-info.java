/**
 * Where clients connect: listeners, connections, and the table of sessions of one event loop; answers pushes and
 * takeovers. Knows sockets, codecs and Redis' mailboxes for its sessions; knows no accounts and nothing of lanes.
 */
package io.parley.gateway;
