package io.parley.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.VertxConnection;
import java.util.ArrayList;
import java.util.List;

/**
 * The writing half of a connection. What one turn of the event loop writes becomes one buffer, one flush and one TLS
 * record; the bytes that the socket has not taken are counted here, as the socket's own count comes late under TLS
 * (netty issue 17304).
 */
final class Output {

    /** How long a polite close may take: a client that does not read would hold it up for ever. */
    private static final long CLOSE_MILLIS = 3_000;

    /** Told when the client falls behind and when it has caught up. */
    interface Pressure {
        void congested();

        void caughtUp();
    }

    private final Vertx vertx;
    private final NetSocket socket;
    private final EndOfTurn endOfTurn;
    private final int maxWaiting;
    private final Pressure pressure;
    /** What this turn has written so far: one piece as it came, or all of them in a buffer of our own. */
    private Buffer pending;

    private boolean isJoined;
    private List<Runnable> whenWritten = List.of();
    /** Bytes given to {@link #write} that the socket has not taken. */
    private int waiting;

    private boolean congested;
    private boolean closing;

    /** @param maxWaiting bytes; over it the client counts as congested until half of them are written */
    Output(Vertx vertx, NetSocket socket, EndOfTurn endOfTurn, int maxWaiting, Pressure pressure) {
        this.vertx = vertx;
        this.socket = socket;
        this.endOfTurn = endOfTurn;
        this.maxWaiting = maxWaiting;
        this.pressure = pressure;
        withoutFiles(context().pipeline());
    }

    /** Under TLS Vert.x has a handler for files, which nobody sends here: it would look at each write. */
    private static void withoutFiles(ChannelPipeline pipeline) {
        ChunkedWriteHandler files = pipeline.get(ChunkedWriteHandler.class);
        if (files != null) {
            pipeline.remove(files);
        }
    }

    void write(Buffer bytes) {
        if (closing) {
            return;
        }
        join(bytes);
        waiting += bytes.length();
        if (!congested && waiting > maxWaiting) {
            congested = true;
            pressure.congested();
        }
    }

    private void join(Buffer bytes) {
        if (pending == null) {
            pending = bytes;
            isJoined = false;
            endOfTurn.add(this::flush);
            return;
        }
        if (!isJoined) {
            // What comes alone may be shared with other connections, and is not to be appended to.
            pending = Buffer.buffer(2 * (pending.length() + bytes.length())).appendBuffer(pending);
            isJoined = true;
        }
        pending.appendBuffer(bytes);
    }

    /** Whether more waits to be written than should. */
    boolean isCongested() {
        return congested;
    }

    /** Runs {@code task} when everything written so far has been taken by the socket; never if that fails. */
    void whenWritten(Runnable task) {
        if (whenWritten.isEmpty()) {
            whenWritten = new ArrayList<>();
        }
        whenWritten.add(task);
    }

    /** Past the queue that Vert.x has for writers on other threads; this is the connection's own. */
    private void flush() {
        if (pending == null) {
            return;
        }
        Buffer bytes = pending;
        List<Runnable> tasks = whenWritten;
        pending = null;
        whenWritten = List.of();
        ChannelPromise promise = context().newPromise();
        promise.addListener(result -> written(bytes.length(), result.isSuccess() ? tasks : List.of()));
        ((VertxConnection) socket).write(((BufferInternal) bytes).getByteBuf(), true, promise);
    }

    private void written(int bytes, List<Runnable> tasks) {
        waiting -= bytes;
        tasks.forEach(Runnable::run);
        if (congested && waiting <= maxWaiting / 2) {
            congested = false;
            pressure.caughtUp();
        }
    }

    /** Closes behind what was written; in any case within seconds. */
    void close() {
        if (!closing) {
            flush();
            closing = true;
            long guard = vertx.setTimer(CLOSE_MILLIS, timer -> abort());
            socket.close().onComplete(closed -> vertx.cancelTimer(guard));
        }
    }

    /** Closes at once; {@code NetSocket.close} would wait for a client that does not read. */
    void cut() {
        flush();
        closing = true;
        if (waiting == 0) {
            context().close();
        } else {
            abort();
        }
    }

    /**
     * Past the TLS handler: it would write its own farewell first, wait seconds until that is taken, read on meanwhile,
     * and then warn in the log.
     */
    private void abort() {
        context().pipeline().firstContext().close();
    }

    private ChannelHandlerContext context() {
        return ((NetSocketInternal) socket).channelHandlerContext();
    }
}
