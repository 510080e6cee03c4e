/**
 * The tables that Parley owns, and how a database gets them.
 * Knows SQL and versions; must not know what an account or a group does.
 */
package io.parley.schema;
