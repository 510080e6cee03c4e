package io.parley.script;

import io.parley.cli.Output;
import io.parley.client.Incoming;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/**
 * Messages on their way through standard output, and how many of them were taken. What is in a pipe dies with its
 * reader, so a message counts as taken when the reader has read its last byte; in a file or on a terminal, when it is
 * written. What the reader does with it then is the reader's affair.
 */
final class Printout {

    private final Output out;
    private final Function<Incoming, String> style;
    private final Charset charset;
    private final Unread unread;
    private final Deque<Printed> waiting = new ArrayDeque<>();
    private long printedBytes;
    private long flushedBytes;

    /** How many bytes were written that the reader has not read. */
    interface Unread {
        int bytes() throws IOException;
    }

    private record Printed(long endsAt, Promise<Void> taken) {}

    /** @param charset in which {@code out} writes */
    Printout(Output out, Function<Incoming, String> style, Charset charset, Unread unread) {
        this.out = out;
        this.style = style;
        this.charset = charset;
        this.unread = unread;
    }

    /** Buffered until {@link #flush}. */
    void print(Incoming incoming, Promise<Void> taken) {
        String line = style.apply(incoming);
        out.line(line);
        printedBytes += line.getBytes(charset).length + System.lineSeparator().length();
        waiting.add(new Printed(printedBytes, taken));
    }

    /** Throws {@link Output.Lost}. */
    void flush() {
        out.flush();
        flushedBytes = printedBytes;
    }

    /**
     * Completes what was flushed and taken since; returns whether there was anything. Also after a flush failed: the
     * reader may have read something before it went.
     */
    boolean settle() throws IOException {
        if (waiting.isEmpty()) {
            return false;
        }
        // Unread may be what others wrote to the same pipe, too: then a message seems to be taken later than it was.
        long takenBytes = flushedBytes - unread.bytes();
        int before = waiting.size();
        while (!waiting.isEmpty() && waiting.peek().endsAt() <= takenBytes) {
            waiting.poll().taken().complete();
        }
        return waiting.size() < before;
    }

    /** Messages that were printed and not taken. */
    int behind() {
        return waiting.size();
    }
}
