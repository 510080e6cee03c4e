package io.parley.codec.line;

import io.vertx.core.buffer.Buffer;

/**
 * Cuts the bytes of one connection into lines, which end with LF or CRLF. Keeps at most one line of the allowed length,
 * and, while paused, what is fed all the same: of a line that is too long the rest is dropped as it comes.
 */
final class Lines {

    private static final byte LF = '\n';
    private static final byte CR = '\r';

    private final int maxLineBytes;
    private final int maxEndlessBytes;
    private final Sink sink;
    private Buffer line = Buffer.buffer();
    /** Bytes of a line that is too long; 0 while it is not. */
    private int dropped;

    private Buffer unread = Buffer.buffer();
    private boolean paused;
    private boolean broken;
    private boolean reading;

    /** Where lines go. After {@link #endless} nothing follows. */
    interface Sink {
        /** @param line without its end */
        void line(Buffer line);

        /** A line is longer than allowed; told once, as soon as it is. */
        void tooLong();

        /** A line is so long that there seems to be no end. */
        void endless();
    }

    /** @param maxEndlessBytes  after so many bytes without an end nothing more is read */
    Lines(int maxLineBytes, int maxEndlessBytes, Sink sink) {
        this.maxLineBytes = maxLineBytes;
        this.maxEndlessBytes = maxEndlessBytes;
        this.sink = sink;
    }

    void feed(Buffer bytes) {
        if (!broken) {
            unread.appendBuffer(bytes);
            read();
        }
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        read();
    }

    /** The sink may feed, pause and resume in the midst of it; then the loop that runs already goes on. */
    private void read() {
        if (reading) {
            return;
        }
        reading = true;
        try {
            while (!paused && !broken && unread.length() > 0) {
                Buffer bytes = unread;
                unread = Buffer.buffer();
                int read = read(bytes);
                if (read < bytes.length()) {
                    unread = bytes.getBuffer(read, bytes.length()).appendBuffer(unread);
                }
            }
        } finally {
            reading = false;
        }
    }

    /** @return how many bytes were read before a pause or the end */
    private int read(Buffer bytes) {
        int from = 0;
        while (from < bytes.length() && !paused && !broken) {
            int end = indexOfEnd(bytes, from);
            part(bytes, from, end);
            if (end < bytes.length() && !broken) {
                ended();
            }
            from = Math.min(end + 1, bytes.length());
        }
        return from;
    }

    private static int indexOfEnd(Buffer bytes, int from) {
        int end = from;
        while (end < bytes.length() && bytes.getByte(end) != LF) {
            end++;
        }
        return end;
    }

    /** One byte more than allowed, as the last one may be the CR of its end. */
    private void part(Buffer bytes, int from, int to) {
        if (dropped == 0 && line.length() + to - from <= maxLineBytes + 1) {
            line.appendBuffer(bytes, from, to - from);
            return;
        }
        boolean wasDropping = dropped > 0;
        dropped += line.length() + to - from;
        line = Buffer.buffer();
        if (dropped > maxEndlessBytes) {
            broken = true;
            unread = Buffer.buffer();
            sink.endless();
        } else if (!wasDropping) {
            sink.tooLong();
        }
    }

    private void ended() {
        Buffer ended = line;
        boolean wasDropping = dropped > 0;
        line = Buffer.buffer();
        dropped = 0;
        if (wasDropping) {
            return;
        }
        int length = ended.length();
        if (length > 0 && ended.getByte(length - 1) == CR) {
            length--;
        }
        if (length > maxLineBytes) {
            sink.tooLong();
        } else {
            sink.line(ended.getBuffer(0, length));
        }
    }
}
