/**
 * Who is who: accounts in MySQL, passwords, tokens, and the throttle in front of them; answers Login and Lookup on the
 * bus. Knows no sockets, sessions or frames; nothing outside this package sees a password hash.
 */
package io.parley.auth;
