package io.parley.cli;

import java.io.PrintWriter;

/**
 * Lines for a script, on standard output. A {@link PrintWriter} swallows that nobody takes them any more; this one says
 * so.
 */
public final class Output {

    private final PrintWriter writer;

    public Output(PrintWriter writer) {
        this.writer = writer;
    }

    /** Buffered until {@link #flush}. */
    public void line(String text) {
        writer.print(text + System.lineSeparator());
    }

    /** Comes back when everything was written. */
    public void flush() {
        if (!isTaken(writer)) {
            throw new Lost();
        }
    }

    /** Writes what is buffered; false when it, or anything before it, could not be written. */
    public static boolean isTaken(PrintWriter writer) {
        return !writer.checkError();
    }

    /** Output could not be written; an expected failure, so without a stack trace. */
    public static final class Lost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Lost() {
            super("output could not be written", null, false, false);
        }
    }
}
