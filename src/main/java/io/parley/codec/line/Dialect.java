package io.parley.codec.line;

import io.parley.codec.Decoder;
import io.parley.protocol.Event;

/**
 * One way to speak in lines, on one connection: what a line means, and what a client is told, with the ends of lines;
 * null for what it need not know.
 */
interface Dialect extends Event.Handler<String> {

    String END = "\r\n";

    /**
     * What is written behind a text that did not end its line.
     *
     * @param text not null
     */
    default String behindOpenLine(String text) {
        return text;
    }

    /** Tells {@code sink} what the client wants with this line. */
    void line(String typed, Decoder.Sink sink);
}
