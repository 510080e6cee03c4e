package io.parley.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How far a long task is, in one line of a terminal that is written over: never for a pipe or a file. Safe for use by
 * several threads; written at most ten times a second, however often it is told.
 */
final class ProgressBar {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int CELLS = 24;

    private final StatusLine line;
    private final Messages messages;
    private final LongSupplier nanos;
    private String task = "";
    private long began;
    private long written;

    ProgressBar(PrintWriter out, Messages messages) {
        this(out, messages, System::nanoTime);
    }

    ProgressBar(PrintWriter out, Messages messages, LongSupplier nanos) {
        this.line = new StatusLine(out);
        this.messages = messages;
        this.nanos = nanos;
    }

    /** @param task what is being done; another one begins anew */
    synchronized void show(String task, int done, int total) {
        long now = nanos.getAsLong();
        boolean begins = !task.equals(this.task);
        if (begins) {
            this.task = task;
            began = now;
        }
        if (begins || now - written >= PAUSE.toNanos()) {
            written = now;
            line.show(text(done, total, now - began));
        }
    }

    /** Leaves nothing of it on the screen. */
    synchronized void clear() {
        line.erase();
    }

    private String text(int done, int total, long nanosTaken) {
        int cells = (int) ((long) CELLS * done / total);
        long percent = 100L * done / total;
        String bar = "#".repeat(cells) + "-".repeat(CELLS - cells);
        return task + " [" + bar + "] " + percent + "% " + done + "/" + total + left(done, total, nanosTaken);
    }

    /** The time that is left if it goes on like this; not said before there is something to judge by. */
    private String left(int done, int total, long nanosTaken) {
        long seconds = Duration.ofNanos((long) ((double) nanosTaken / done * (total - done)))
                .toSeconds();
        return nanosTaken < Duration.ofSeconds(1).toNanos()
                ? ""
                : " "
                        + messages.text(
                                "progress.left",
                                "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60));
    }
}
