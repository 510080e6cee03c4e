package io.parley.cli;

import java.io.PrintWriter;

/** One line of a terminal that is written over again and again, and leaves nothing behind. Not for a pipe or a file. */
public final class StatusLine {

    private static final String TO_LINE_START_AND_ERASE = "\r\u001b[K";

    private final PrintWriter terminal;
    private boolean shown;

    public StatusLine(PrintWriter terminal) {
        this.terminal = terminal;
    }

    public void show(String text) {
        shown = true;
        terminal.print(TO_LINE_START_AND_ERASE + text);
        terminal.flush();
    }

    /** Before anything else is printed there, and at the end. */
    public void erase() {
        if (shown) {
            shown = false;
            terminal.print(TO_LINE_START_AND_ERASE);
            terminal.flush();
        }
    }
}
