package io.parley.script;

import io.parley.cli.SecretPrompt;
import io.parley.cli.Terminal;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/**
 * Standard input as texts to send: all of it, or line by line. However much comes, it keeps no more than one text of
 * the largest size, and it takes nothing for text that is none. One for the whole program: it reads ahead.
 */
final class TextInput implements SecretPrompt {

    /** Beyond a message: what is this long in any character set is too long in a frame, too. */
    private final int maxBytes;

    private final InputStream bytes;
    private final Charset charset;
    private final Console console;
    private long lines;

    TextInput(InputStream bytes, Charset charset, Console console, int maxBytes) {
        this.bytes = bytes;
        this.charset = charset;
        this.console = console;
        this.maxBytes = maxBytes;
    }

    static TextInput standard(int maxBytes) {
        return new TextInput(
                new BufferedInputStream(System.in, 64 * 1024), Terminal.charset(), Terminal.console(), maxBytes);
    }

    /** Why there is no text. */
    enum Fault {
        TOO_LARGE,
        /** Bytes that are no text in the terminal's character set. */
        NOT_TEXT
    }

    /**
     * @param line   counted from 1; 0 when it is all of the input
     * @param text   null when there is a fault
     * @param fault  null when there is a text
     */
    record Text(long line, String text, Fault fault) {}

    /** Everything to the end, without the last line's end; what is too large is not read to its end. */
    Text whole() throws IOException {
        byte[] read = bytes.readNBytes(maxBytes + 1);
        int length = read.length;
        if (length > maxBytes) {
            return new Text(0, null, Fault.TOO_LARGE);
        }
        if (length > 0 && read[length - 1] == '\n') {
            length -= length > 1 && read[length - 2] == '\r' ? 2 : 1;
        }
        return text(0, read, length);
    }

    /** The next line without its end; null at the end of the input. A line that is too large is passed over. */
    Text line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = bytes.read();
        if (next < 0) {
            return null;
        }
        lines++;
        boolean whole = true;
        for (; next >= 0 && next != '\n'; next = bytes.read()) {
            if (line.size() < maxBytes) {
                line.write(next);
            } else {
                whole = false;
            }
        }
        if (!whole) {
            return new Text(lines, null, Fault.TOO_LARGE);
        }
        byte[] read = line.toByteArray();
        int length = read.length > 0 && read[read.length - 1] == '\r' ? read.length - 1 : read.length;
        return text(lines, read, length);
    }

    @Override
    public String secret(String prompt) throws IOException {
        if (console == null) {
            Text first = line();
            lines = 0;
            return first == null ? null : first.text();
        }
        char[] typed = console.readPassword("%s", prompt);
        return typed == null ? null : new String(typed);
    }

    /** Strictly: a replacement character for what cannot be read would be sent as if it had been there. */
    private Text text(long line, byte[] read, int length) {
        try {
            String text = charset.newDecoder()
                    .decode(ByteBuffer.wrap(read, 0, length))
                    .toString();
            return new Text(line, text, null);
        } catch (CharacterCodingException binary) {
            return new Text(line, null, Fault.NOT_TEXT);
        }
    }
}
