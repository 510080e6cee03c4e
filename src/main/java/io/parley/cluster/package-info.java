/**
 * Makes several nodes one: joins them, knows who is there, and checks that they still reach this one. The only package
 * that knows Hazelcast. Knows nothing of sessions, messages or mailboxes.
 */
package io.parley.cluster;
