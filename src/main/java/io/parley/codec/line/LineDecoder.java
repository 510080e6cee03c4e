package io.parley.codec.line;

import io.parley.codec.Decoder;
import io.parley.codec.text.Sentences;
import io.parley.codec.text.Utf8;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;

/** Reads the lines of one client, and gives each to its dialect. */
final class LineDecoder implements Decoder, Lines.Sink {

    /** Longer than anybody types, and than a terminal takes in a line (specified in text-and-line.md). */
    private static final int MAX_LINE_BYTES = 4_096;

    private static final int MAX_ENDLESS_BYTES = 1024 * 1024;

    private final Sentences sentences;
    private final Dialect dialect;
    private final Sink sink;
    private final Lines lines = new Lines(MAX_LINE_BYTES, MAX_ENDLESS_BYTES, this);

    LineDecoder(Sentences sentences, Dialect dialect, Sink sink) {
        this.sentences = sentences;
        this.dialect = dialect;
        this.sink = sink;
    }

    Dialect dialect() {
        return dialect;
    }

    @Override
    public void feed(Buffer bytes) {
        lines.feed(bytes);
    }

    @Override
    public void pause() {
        lines.pause();
    }

    @Override
    public void resume() {
        lines.resume();
    }

    @Override
    public boolean acknowledges() {
        return false;
    }

    @Override
    public void line(Buffer line) {
        String typed = Utf8.read(line);
        if (typed == null) {
            sink.refused(new Refusal(ErrorCode.BAD_CONTENT, sentences.text("not_utf8")), 0, null);
        } else {
            dialect.line(typed, sink);
        }
    }

    @Override
    public void tooLong() {
        sink.refused(new Refusal(ErrorCode.FRAME_TOO_LARGE, sentences.text("too_long", MAX_LINE_BYTES)), 0, null);
    }

    @Override
    public void endless() {
        sink.broken(new Refusal(ErrorCode.FRAME_TOO_LARGE, sentences.text("endless", MAX_ENDLESS_BYTES)));
    }
}
