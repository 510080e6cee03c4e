/**
 * What {@code parley dev} and the tests stand on: a real MariaDB and Redis as child processes, a certificate, a
 * launcher. Knows nothing of messages and sessions; only the command line and tests may import it.
 */
package io.parley.dev;
