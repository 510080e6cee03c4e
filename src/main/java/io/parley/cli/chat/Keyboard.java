package io.parley.cli.chat;

import java.io.IOException;

/** Where lines come from. Read by one thread. */
@FunctionalInterface
interface Keyboard extends AutoCloseable {

    /** The next line, as it was typed or pasted; null when there will be none, because the person leaves. */
    String line() throws IOException;

    /** Nothing is read any more; from any thread. */
    @Override
    default void close() {}
}
