package io.parley.script;

import io.parley.cli.Messages;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** One line on a terminal that is drawn again and again, and leaves nothing behind. */
final class Progress {

    /** Chosen: seen as moving, and nothing beside what sending costs. */
    static final long EVERY_MILLIS = 200;

    private static final String TO_LINE_START_AND_ERASE = "\r\u001b[K";

    private final PrintWriter terminal;
    private final Messages messages;
    private boolean drawn;
    private long nextMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());

    Progress(PrintWriter terminal, Messages messages) {
        this.terminal = terminal;
        this.messages = messages;
    }

    /** As often as it is called, it is drawn every {@value #EVERY_MILLIS} ms at most. */
    void draw(Tally tally, long open) {
        long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        if (now < nextMillis) {
            return;
        }
        nextMillis = now + EVERY_MILLIS;
        String text = messages.text(
                "send.progress", tally.delivered(), tally.stored(), tally.refused(), tally.inDoubt(), open);
        terminal.print(TO_LINE_START_AND_ERASE + text);
        terminal.flush();
        drawn = true;
    }

    /** Before anything else is printed there. */
    void erase() {
        if (drawn) {
            drawn = false;
            terminal.print(TO_LINE_START_AND_ERASE);
            terminal.flush();
        }
    }
}
