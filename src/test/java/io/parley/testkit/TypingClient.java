package io.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocket;

/**
 * A client of the codecs for people: sends what the test types, and reads only when it is asked for something.
 * Blocking; every wait has a deadline after which the test fails.
 */
public final class TypingClient implements Closeable {

    private final Socket socket;
    private final DataInputStream in;

    private TypingClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    public static TypingClient plain(int port) {
        try {
            return new TypingClient(connect(port));
        } catch (IOException notConnected) {
            throw new AssertionError("no connection", notConnected);
        }
    }

    /** To a {@link TestNode}. */
    public static TypingClient tls(int port) {
        try {
            SSLSocket tls = (SSLSocket)
                    RawClient.trusting().getSocketFactory().createSocket(connect(port), "127.0.0.1", port, true);
            tls.startHandshake();
            return new TypingClient(tls);
        } catch (IOException | GeneralSecurityException notConnected) {
            throw new AssertionError("no connection", notConnected);
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket tcp = new Socket("127.0.0.1", port);
        tcp.setTcpNoDelay(true);
        tcp.setSoTimeout((int) RawClient.PATIENCE.toMillis());
        return tcp;
    }

    /** Sends a frame of the codec text. */
    public TypingClient frame(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return bytes(Buffer.buffer()
                .appendUnsignedShortLE(utf8.length)
                .appendBytes(utf8)
                .getBytes());
    }

    /** Reads a frame of the codec text. */
    public String frame() {
        try {
            int low = in.readUnsignedByte();
            return text(low + 256 * in.readUnsignedByte());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public TypingClient line(String text) {
        return bytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the next line that is not empty, to its CRLF. */
    public String line() {
        Buffer line = Buffer.buffer();
        try {
            for (int each = in.readUnsignedByte(); each != '\n'; each = in.readUnsignedByte()) {
                line.appendByte((byte) each);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("after " + line, failed);
        }
        String text = line.toString().replaceFirst("\r$", "");
        // The end of a line that a fixed answer left open.
        return text.isEmpty() ? line() : text;
    }

    /** Reads one of the fixed answers, which do not end their line, and fails when it is another one. */
    public TypingClient answered(String fixed) {
        assertThat(text(fixed.length())).isEqualTo(fixed);
        return this;
    }

    /** Reads exactly so many bytes. */
    public String text(int bytes) {
        byte[] read = new byte[bytes];
        try {
            in.readFully(read);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new String(read, StandardCharsets.UTF_8);
    }

    public TypingClient bytes(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return this;
    }

    /** Whether the node closes the connection, with nothing before that. */
    public boolean isEnded() {
        try {
            return in.read() < 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
