package io.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Codec;
import io.parley.codec.Decoder;
import io.parley.codec.Encoder;
import io.parley.codec.json.JsonCodec;
import io.parley.codec.json.MessageJson;
import io.parley.protocol.Command;
import io.parley.protocol.Event;
import io.parley.protocol.Message;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A node that does what the test says, line by line: accept, expect a command, answer with an event. */
public final class FakeNode implements AutoCloseable {

    public static final int PATIENCE_SECONDS = 30;
    private static final Codec CODEC = new JsonCodec(65_536);

    private final NetServer server;
    private final TestCertificate certificate;
    private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();

    public FakeNode(Vertx vertx, TestCertificate certificate) {
        this.certificate = certificate;
        NetServerOptions options = new NetServerOptions().setHost("127.0.0.1").setPort(0);
        if (certificate != null) {
            options.setSsl(true).setKeyCertOptions(certificate.serverOptions());
        }
        server = vertx.createNetServer(options).connectHandler(socket -> peers.add(new Peer(socket)));
        server.exceptionHandler(failedHandshake -> {});
        await(server.listen());
    }

    public int port() {
        return server.actualPort();
    }

    /** The file with which a client trusts it. */
    public Path authority() {
        return certificate.authority();
    }

    /** The next connection. */
    public Peer accept() throws InterruptedException {
        Peer peer = peers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(peer).as("a connection").isNotNull();
        return peer;
    }

    /** The next connection, with its login answered. */
    public Peer acceptVerified() throws InterruptedException {
        Peer peer = accept();
        assertThat(peer.next()).isInstanceOf(Command.Verify.class);
        peer.send(verified(null));
        return peer;
    }

    public boolean hasNoOtherConnection() {
        return peers.isEmpty();
    }

    @Override
    public void close() {
        await(server.close());
    }

    public static Event.Verified verified(String token) {
        return verified(token, Duration.ofSeconds(30));
    }

    public static Event.Verified verified(String token, Duration heartbeat) {
        return new Event.Verified("10001", "张三", token, token == null ? 0 : 1, heartbeat, 256, 0);
    }

    public static Event.Delivery delivery(long seq, String clientId) {
        Message message = new Message("m" + seq, clientId, "10002", "李四", "text of " + clientId, 1_700_000_000_000L);
        return new Event.Delivery(seq, false, MessageJson.envelope(message));
    }

    /** The result, in time. */
    public static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("nothing after " + PATIENCE_SECONDS + " s", late);
        }
    }

    /** One connection, seen from the node. */
    public static final class Peer implements Decoder.Sink {
        private final NetSocket socket;
        private final Encoder encoder;
        private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        private final CompletableFuture<Void> closed = new CompletableFuture<>();

        private Peer(NetSocket socket) {
            this.socket = socket;
            Decoder decoder = CODEC.decoder(this);
            this.encoder = CODEC.encoder(decoder);
            socket.handler(decoder::feed);
            socket.exceptionHandler(reset -> {});
            socket.closeHandler(end -> closed.complete(null));
        }

        public Object next() throws InterruptedException {
            Object command = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(command).as("a command").isNotNull();
            return command;
        }

        /** Whether there is no command that {@link #next} has not given. */
        public boolean heardNothing() {
            return heard.isEmpty();
        }

        /** All in one write, so that the client reads them in one turn. */
        public void send(Event... events) {
            await(begin(events));
        }

        /** As {@link #send}, for a client that may not read; completes when it has. */
        public Future<Void> begin(Event... events) {
            Buffer bytes = Buffer.buffer();
            for (Event event : events) {
                bytes.appendBuffer(encoder.encode(event));
            }
            return socket.write(bytes);
        }

        public void write(Buffer bytes) {
            await(socket.write(bytes));
        }

        public void close() {
            socket.close();
        }

        public void awaitClosed() {
            closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }

        @Override
        public void command(Command command, int commandId) {
            heard.add(command);
        }

        @Override
        public void refused(Refusal refusal, int commandId, String clientId) {
            heard.add(refusal);
        }

        @Override
        public void broken(Refusal refusal) {
            heard.add(refusal);
        }
    }
}
