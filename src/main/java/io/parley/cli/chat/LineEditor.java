package io.parley.cli.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;

/**
 * The line that is being typed, at the bottom of the terminal: stays whole while others' messages are printed above it.
 * Lines are read by one thread; everything else may be called from any.
 */
final class LineEditor implements Keyboard {

    /** JLine would write its warnings between our lines. A field, as a logger that nobody holds forgets its level. */
    private static final Logger QUIET = Logger.getLogger("org.jline");

    private static final int REMEMBERED_LINES = 1_000;
    private static final int USUAL_COLUMNS = 80;
    private static final int PATIENCE_SECONDS = 1;

    private final Terminal terminal;
    private final LineReaderImpl reader;
    private final Suggestions suggestions = new Suggestions();

    /** Held while a line is read, so that who closes can wait until the terminal is as it was. */
    private final ReentrantLock reading = new ReentrantLock();

    private volatile Thread readingThread;
    private volatile boolean closed;
    private volatile String prompt = "> ";
    private volatile Runnable warn = () -> {};

    static {
        QUIET.setLevel(Level.OFF);
    }

    /** @param history  file for the lines of earlier runs; null for none */
    LineEditor(Terminal terminal, Path history) {
        this.terminal = terminal;
        this.reader = new LineReaderImpl(terminal, "parley", null);
        DefaultParser parser = new DefaultParser();
        parser.setEscapeChars(new char[0]); // Text is text: quotes and backslashes mean nothing
        parser.setQuoteChars(new char[0]);
        reader.setParser(parser);
        reader.setCompleter(suggestions);
        reader.setCompletionMatcher(new Suggestions.Matcher());
        reader.option(Option.DISABLE_EVENT_EXPANSION, true); // A message may have a ! in it
        reader.option(Option.ERASE_LINE_ON_FINISH, true); // It is shown again, as a message
        reader.option(Option.INSERT_TAB, false);
        reader.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, "");
        reader.setVariable(LineReader.HISTORY_SIZE, REMEMBERED_LINES);
        reader.setVariable(LineReader.HISTORY_FILE_SIZE, REMEMBERED_LINES);
        if (history != null) {
            reader.setVariable(LineReader.HISTORY_FILE, history);
        }
        // Called when a line begins, under the reader's lock: no change of the prompt is lost in between.
        reader.getWidgets().put(LineReader.CALLBACK_INIT, () -> {
            reader.setPrompt(prompt);
            return true;
        });
    }

    /**
     * @param warn   the first Ctrl-C in a line: that a second one leaves
     * @param leave  Ctrl-C while no line is read
     */
    void onInterrupt(Runnable warn, Runnable leave) {
        this.warn = warn;
        terminal.handle(Signal.INT, signal -> leave.run());
    }

    @Override
    public String line() {
        boolean interrupted = false;
        while (!closed) {
            try {
                return read();
            } catch (UserInterruptException interrupt) {
                if (interrupted && interrupt.getPartialLine().isEmpty()) {
                    return null;
                }
                interrupted = true;
                if (!closed) {
                    warn.run();
                }
            } catch (EndOfFileException end) {
                return null;
            }
        }
        return null;
    }

    private String read() {
        reading.lock();
        try {
            readingThread = Thread.currentThread();
            return closed ? null : reader.readLine(prompt);
        } finally {
            readingThread = null;
            Thread.interrupted(); // A Ctrl-C at the very end of a line
            reading.unlock();
        }
    }

    void print(AttributedString lines) {
        reader.printAbove(lines);
    }

    int width() {
        int columns = terminal.getSize().getColumns();
        return columns > 0 ? columns : USUAL_COLUMNS;
    }

    void prompt(AttributedString shown) {
        String next = shown.toAnsi(terminal).replace("%", "%%"); // To JLine a prompt is a pattern
        if (next.equals(prompt)) {
            return;
        }
        prompt = next;
        if (reader.isReading()) {
            reader.setPrompt(next);
            redisplay();
        }
    }

    void suggest(View.Standing standing) {
        suggestions.know(standing.known(), standing.groups());
    }

    /** The terminal is as it was when this returns, unless it does not answer any more. */
    @Override
    public void close() {
        closed = true;
        Thread thread = readingThread;
        if (thread != null) {
            thread.interrupt();
        }
        try {
            boolean ended = reading.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
            terminal.close();
            if (ended) {
                reading.unlock();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void redisplay() {
        try {
            reader.callWidget(LineReader.REDISPLAY);
        } catch (IllegalStateException lineHasEnded) {
            // The next one begins with this prompt.
        }
    }
}
