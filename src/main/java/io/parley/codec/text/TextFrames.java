package io.parley.codec.text;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The frames of the codec {@code text}, in both directions:
 *
 * <pre>
 *  0                2
 *  +----------------+-------------+
 *  | count, little- | text, UTF-8 |
 *  | endian         |             |
 *  +----------------+-------------+
 *                   |&lt;-- count --&gt;|
 * </pre>
 *
 * Whatever the two bytes say is a count, so this stream cannot lose its boundaries.
 */
final class TextFrames {

    static final int MAX_TEXT_BYTES = 0xffff;

    private static final int COUNT_BYTES = 2;

    private final Consumer<Buffer> sink;
    private final RecordParser parser;
    private boolean expectsCount = true;

    /** @param sink gets the text of each frame, except of empty ones */
    TextFrames(Consumer<Buffer> sink) {
        this.sink = sink;
        this.parser = RecordParser.newFixed(COUNT_BYTES, this::record);
    }

    void feed(Buffer bytes) {
        parser.handle(bytes);
    }

    void pause() {
        parser.pause();
    }

    void resume() {
        parser.resume();
    }

    /** The parser refuses a size of 0, so an empty text is passed over here. */
    private void record(Buffer record) {
        if (!expectsCount) {
            expectsCount = true;
            parser.fixedSizeMode(COUNT_BYTES);
            sink.accept(record);
        } else if (record.getUnsignedShortLE(0) > 0) {
            expectsCount = false;
            parser.fixedSizeMode(record.getUnsignedShortLE(0));
        }
    }

    /** The frame of a text; a text that is too long for one is cut, between two characters, into several. */
    static Buffer of(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Buffer frames = Buffer.buffer(COUNT_BYTES + utf8.length);
        int from = 0;
        do {
            int to = cut(utf8, from);
            frames.appendUnsignedShortLE(to - from).appendBytes(utf8, from, to - from);
            from = to;
        } while (from < utf8.length);
        return frames;
    }

    private static int cut(byte[] utf8, int from) {
        int to = Math.min(utf8.length, from + MAX_TEXT_BYTES);
        while (to < utf8.length && isInsideCharacter(utf8[to])) {
            to--;
        }
        return to;
    }

    private static boolean isInsideCharacter(byte each) {
        return (each & 0xc0) == 0x80;
    }
}
