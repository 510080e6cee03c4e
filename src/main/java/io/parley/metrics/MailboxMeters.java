package io.parley.metrics;

import io.micrometer.core.instrument.Counter;

/** What this node does with mailboxes. */
public final class MailboxMeters {

    private final Counter appended;
    private final Counter full;
    private final Counter pages;
    private final Counter removed;
    private final Counter failures;

    MailboxMeters(Metrics metrics) {
        appended = metrics.counter("parley.mailbox.appended", "Messages that Redis took into a mailbox.");
        full = metrics.counter("parley.mailbox.full", "Messages that a full mailbox did not take.");
        pages = metrics.counter("parley.mailbox.pages", "Pages of mailboxes that drains read.");
        removed = metrics.counter(
                "parley.mailbox.removed", "Messages taken out of a mailbox because they were acknowledged.");
        failures = metrics.counter(
                "parley.mailbox.failures", "Commands on mailboxes that Redis refused or did not answer.");
    }

    public void appended() {
        appended.increment();
    }

    public void full() {
        full.increment();
    }

    public void page() {
        pages.increment();
    }

    public void removed(int number) {
        removed.increment(number);
    }

    public void failed() {
        failures.increment();
    }
}
