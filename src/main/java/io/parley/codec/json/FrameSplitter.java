package io.parley.codec.json;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;

/**
 * Cuts the bytes of one connection into frames, with one {@link RecordParser} that reads in turn a length and the rest
 * of its frame.
 *
 * <p>The parser's fixed mode has no bound of its own and refuses a size of 0. So the length is checked before the mode
 * is switched, as soon as its four bytes are there; and the rest is never empty, for it holds version and command.
 */
final class FrameSplitter {

    private static final int UNKNOWN = -1;

    private final int maxFrameBytes;
    private final Sink sink;
    private final RecordParser parser;

    private boolean expectsLength = true;
    private boolean broken;
    private int version = UNKNOWN;

    /** Where frames go. After {@link #broken} nothing follows. */
    interface Sink {
        void frame(Frame frame);

        void broken(Refusal refusal);
    }

    FrameSplitter(int maxFrameBytes, Sink sink) {
        this.maxFrameBytes = maxFrameBytes;
        this.sink = sink;
        this.parser = RecordParser.newFixed(Frame.LENGTH_BYTES, this::record);
    }

    void feed(Buffer bytes) {
        if (!broken) {
            parser.handle(bytes);
        }
    }

    void pause() {
        parser.pause();
    }

    void resume() {
        if (!broken) {
            parser.resume();
        }
    }

    /** The version of the first frame, which the connection keeps; the newest before it. */
    int version() {
        return version == UNKNOWN ? Frame.NEWEST_VERSION : version;
    }

    private void record(Buffer record) {
        if (expectsLength) {
            length(record.getInt(0));
        } else {
            rest(record);
        }
    }

    private void length(int length) {
        if (length < Frame.HEADER_BYTES) {
            fail(ErrorCode.BAD_FRAME, "length must be at least " + Frame.HEADER_BYTES + ", not " + length);
        } else if (length > maxFrameBytes) {
            fail(ErrorCode.FRAME_TOO_LARGE, "length must be at most " + maxFrameBytes + ", not " + length);
        } else {
            expectsLength = false;
            parser.fixedSizeMode(length - Frame.LENGTH_BYTES);
        }
    }

    private void rest(Buffer rest) {
        int heard = rest.getInt(0);
        if (heard < Frame.OLDEST_VERSION || heard > Frame.NEWEST_VERSION) {
            fail(ErrorCode.BAD_VERSION, "version must be 0 or 1, not " + heard);
        } else if (version != UNKNOWN && heard != version) {
            fail(ErrorCode.BAD_VERSION, "version must stay " + version + " as in the first frame, not become " + heard);
        } else {
            version = heard;
            expectsLength = true;
            parser.fixedSizeMode(Frame.LENGTH_BYTES);
            sink.frame(new Frame(heard, rest.getInt(4), rest.getBytes(8, rest.length())));
        }
    }

    /** The paused parser keeps what it has and is fed no more: its loop must not read on behind a lost boundary. */
    void breakOff(Refusal refusal) {
        broken = true;
        parser.pause();
        sink.broken(refusal);
    }

    private void fail(ErrorCode code, String detail) {
        breakOff(new Refusal(code, detail));
    }
}
