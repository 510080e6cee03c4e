package io.parley.cli;

import io.parley.protocol.Printable;

/** Text from other people on one line of a terminal. */
public final class PlainText {

    private PlainText() {}

    /** On one line, whatever the text is. */
    public static String of(String text) {
        return Printable.line(text);
    }
}
