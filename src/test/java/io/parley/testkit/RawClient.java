package io.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A client that does what the test says, frame by frame, right or wrong: it acknowledges nothing, pings never, and
 * reads only when it is asked for a frame. Blocking; every wait has a deadline after which the test fails.
 */
public final class RawClient implements Closeable {

    /** Commands and events by their names in protocol.md. */
    public static final int VERIFY = 1;

    public static final int SINGLE = 2;
    public static final int LOGOUT = 5;
    public static final int PING = 6;
    public static final int ACK = 7;
    public static final int ONLINE = 12;
    public static final int VERIFIED = 101;
    public static final int DELIVERY = 102;
    public static final int BYE = 105;
    public static final int PONG = 106;
    public static final int ONLINE_ANSWER = 112;
    public static final int RECEIPT = 120;
    public static final int ERROR = 199;

    /** Generous, as the machine may be busy; only a failing test waits that long. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int HEADER_BYTES = 12;

    private final Socket tcp;
    /** What frames go through: the connection itself, or TLS on it. */
    private final Socket socket;

    private final DataInputStream in;
    private final int version;

    /** One frame from the node. */
    public record Frame(int version, int command, JsonObject content) {}

    private RawClient(Socket tcp, Socket socket, int version) throws IOException {
        this.tcp = tcp;
        this.socket = socket;
        this.version = version;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Over TLS, to a {@link TestNode} or a {@link Proxy} before one; speaks version 1. */
    public static RawClient connect(int port) {
        return connect(port, 1);
    }

    /** @param version  what {@link #send} writes into its frames */
    public static RawClient connect(int port, int version) {
        try {
            Socket tcp = open(port);
            SSLSocket tls = (SSLSocket) trusting().getSocketFactory().createSocket(tcp, "127.0.0.1", port, true);
            tls.startHandshake();
            return new RawClient(tcp, tls, version);
        } catch (IOException | GeneralSecurityException notConnected) {
            throw new AssertionError("no connection", notConnected);
        }
    }

    /** Without TLS. */
    public static RawClient connectPlain(int port, int version) {
        try {
            Socket tcp = open(port);
            return new RawClient(tcp, tcp, version);
        } catch (IOException notConnected) {
            throw new AssertionError("no connection", notConnected);
        }
    }

    private static Socket open(int port) throws IOException {
        Socket tcp = new Socket("127.0.0.1", port);
        tcp.setTcpNoDelay(true);
        tcp.setSoTimeout((int) PATIENCE.toMillis());
        return tcp;
    }

    /** Connects and logs in. */
    public static RawClient login(int port, String userId) {
        RawClient client = connect(port);
        client.verify(userId, TestNode.PASSWORD);
        JsonObject verified = client.expect(VERIFIED);
        assertThat(verified.getInteger("code")).as("login %s", verified).isEqualTo(1);
        return client;
    }

    /**
     * Logs in and waits until its mailbox has been read to the end: from now on what is sent to it is pushed. Before
     * that it may be stored and replayed, with a receipt that says so.
     */
    public static RawClient loginReady(int port, String userId) {
        RawClient client = login(port, userId);
        for (int probe = 0; !client.isPushedTo(userId, "probe-" + probe); probe++) {
            assertThat(probe).as("messages to itself that were stored").isLessThan(1_000);
        }
        return client;
    }

    private boolean isPushedTo(String self, String clientId) {
        single(clientId, self, clientId);
        String status = null;
        boolean here = false;
        while (status == null || !here) {
            Frame frame = next();
            if (frame.command() == DELIVERY) {
                ack(frame.content().getLong("seq"));
                here = true;
            } else {
                status = frame.content().getString("status");
            }
        }
        return status.equals("delivered");
    }

    public void verify(String userId, String password) {
        send(VERIFY, new JsonObject().put("user_id", userId).put("password", password));
    }

    public void verifyWithToken(String userId, String token) {
        send(VERIFY, new JsonObject().put("user_id", userId).put("token", token));
    }

    public void single(String clientId, String to, String text) {
        JsonObject content = new JsonObject().put("client_id", clientId).put("chat_to", to);
        send(SINGLE, content.put("chat_content", text));
    }

    public void ack(long seq) {
        send(ACK, new JsonObject().put("seq", seq));
    }

    /** Comes back when the node has handled all that this client sent before, and sent nothing meanwhile. */
    public void pingPong() {
        send(PING, new JsonObject());
        expect(PONG);
    }

    public void send(int command, JsonObject content) {
        byte[] json = content.encode().getBytes(StandardCharsets.UTF_8);
        int length = HEADER_BYTES + json.length;
        sendBytes(Buffer.buffer(length)
                .appendInt(length)
                .appendInt(version)
                .appendInt(command)
                .appendBytes(json));
    }

    /** As they are, in one write. Blocks while the node does not read and the network is full. */
    public void sendBytes(Buffer bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes());
            socket.getOutputStream().flush();
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
    }

    /** The content of the next frame, which must be of this command. */
    public JsonObject expect(int command) {
        Frame frame = next();
        assertThat(frame.command()).as("command of %s", frame).isEqualTo(command);
        return frame.content();
    }

    /** The next frame's content, which must be a receipt of this status. */
    public JsonObject expectReceipt(String status) {
        JsonObject receipt = expect(RECEIPT);
        assertThat(receipt.getString("status")).as("status of %s", receipt).isEqualTo(status);
        return receipt;
    }

    /** The next frames, which must be so many deliveries. */
    public List<JsonObject> expectDeliveries(int number) {
        List<JsonObject> deliveries = new ArrayList<>();
        while (deliveries.size() < number) {
            deliveries.add(expect(DELIVERY));
        }
        return deliveries;
    }

    /** The next frame; fails when the node closes instead. */
    public Frame next() {
        return next(PATIENCE);
    }

    public Frame next(Duration patience) {
        try {
            Frame frame = read(patience);
            assertThat(frame).as("a frame instead of the end").isNotNull();
            return frame;
        } catch (SocketTimeoutException late) {
            throw new AssertionError("no frame in " + patience, late);
        } catch (IOException broken) {
            throw new AssertionError("no frame", broken);
        }
    }

    /** The next frame; null when the node ends the connection instead, however it does. */
    public Frame nextOrEnd() {
        try {
            return read(PATIENCE);
        } catch (SocketTimeoutException late) {
            throw new AssertionError("neither a frame nor the end", late);
        } catch (IOException reset) {
            return null;
        }
    }

    /** Whether the node ends the connection in that time, however it does; frames before the end are passed over. */
    public boolean isClosedWithin(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (read(Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()))) != null) {
                // Not the end yet
            }
            return true;
        } catch (SocketTimeoutException late) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Without a word: the node gets a reset. */
    public void cut() {
        try {
            tcp.setSoLinger(true, 0);
            tcp.close();
        } catch (IOException goneAlready) {
            // What was wanted
        }
    }

    /** Politely, with TLS by its own end. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException goneAlready) {
            // What was wanted
        }
    }

    /** Null at the end of the stream. */
    private Frame read(Duration patience) throws IOException {
        tcp.setSoTimeout((int) Math.max(1, patience.toMillis()));
        int first = in.read();
        if (first < 0) {
            return null;
        }
        tcp.setSoTimeout((int) PATIENCE.toMillis());
        int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int heard = in.readInt();
        int command = in.readInt();
        byte[] json = in.readNBytes(length - HEADER_BYTES);
        JsonObject content = json.length == 0 ? new JsonObject() : new JsonObject(Buffer.buffer(json));
        return new Frame(heard, command, content);
    }

    static SSLContext trusting() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(TestNode.ca())) {
            trusted.setCertificateEntry(
                    "node", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
