/**
 * What a person's client commands remember: which node under which name, and the token of the last login.
 * Knows files and who may read them; must not know the command line, the network or a password.
 */
package io.parley.profile;
