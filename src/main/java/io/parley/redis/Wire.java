package io.parley.redis;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.ParserHandler;
import io.vertx.redis.client.impl.RESPParser;
import io.vertx.redis.client.impl.RequestImpl;

/**
 * The socket of a {@link Pipeline}: commands out, replies in. Everything that one turn of the event loop sends leaves
 * in one write.
 *
 * <p>Why not the connection of vertx-redis-client: it writes and flushes each command for itself, and {@code send} was
 * a third of what storing a message cost the node (performance.md); its {@code batch} fails as a whole when one of its
 * commands does. Its encoder and its parser, of the package {@code impl}, are used in this package and nowhere else.
 */
final class Wire {

    /** Deep enough for every reply that is asked for: none is deeper than an array of values. */
    private static final int NESTED_ARRAYS = 32;

    /** Some commands; more makes it grow. */
    private static final int BYTES_A_TURN = 1024;

    private final Context context;
    private final NetSocket socket;
    /** What this turn has sent; null while that is nothing. */
    private Buffer pending;

    private boolean closed;

    Wire(Context context, NetSocket socket, ParserHandler replies) {
        this.context = context;
        this.socket = socket;
        socket.handler(new RESPParser(replies, NESTED_ARRAYS));
        socket.exceptionHandler(replies::fail);
    }

    void send(Request request) {
        if (pending == null) {
            pending = Buffer.buffer(BYTES_A_TURN);
            context.runOnContext(endOfTurn -> write());
        }
        pending.appendBuffer(((RequestImpl) request).encode());
    }

    /** What was not written is dropped. */
    void close() {
        closed = true;
        socket.close();
    }

    private void write() {
        if (!closed) {
            // A failed write ends the socket, which tells so.
            socket.write(pending);
        }
        pending = null;
    }
}
