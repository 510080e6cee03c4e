/**
 * What a node says about itself over HTTP, to probes and to Prometheus. Knows the names of what must be well, not how
 * to find that out: {@code Node} gives it a question for each.
 */
package io.parley.admin;
