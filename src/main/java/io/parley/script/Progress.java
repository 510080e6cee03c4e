package io.parley.script;

import io.parley.cli.Messages;
import io.parley.cli.StatusLine;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** How far a sending of many lines is, for the person at the terminal. */
final class Progress {

    /** Chosen: seen as moving, and nothing beside what sending costs. */
    static final long EVERY_MILLIS = 200;

    private final StatusLine line;
    private final Messages messages;
    private long nextMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());

    Progress(PrintWriter terminal, Messages messages) {
        this.line = new StatusLine(terminal);
        this.messages = messages;
    }

    /** As often as it is called, it is drawn every {@value #EVERY_MILLIS} ms at most. */
    void draw(Tally tally, long open) {
        long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        if (now < nextMillis) {
            return;
        }
        nextMillis = now + EVERY_MILLIS;
        line.show(tally.progress(messages, open));
    }

    /** Before anything else is printed there. */
    void erase() {
        line.erase();
    }
}
