package io.parley.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
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
    /** Of this turn; as it was given, until more is {@code joined} to it: then it is a buffer of our own. */
    private Buffer pending;

    private boolean joined;
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
    }

    void write(Buffer bytes) {
        if (closing) {
            return;
        }
        if (pending == null) {
            pending = bytes;
            endOfTurn.add(this::flush);
        } else {
            if (!joined) {
                joined = true;
                pending = Buffer.buffer(Math.max(256, pending.length() + bytes.length()))
                        .appendBuffer(pending);
            }
            pending.appendBuffer(bytes);
        }
        waiting += bytes.length();
        if (!congested && waiting > maxWaiting) {
            congested = true;
            pressure.congested();
        }
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

    private void flush() {
        if (pending == null) {
            return;
        }
        Buffer bytes = pending;
        List<Runnable> tasks = whenWritten;
        pending = null;
        joined = false;
        whenWritten = List.of();
        socket.write(bytes).onComplete(result -> {
            waiting -= bytes.length();
            if (result.succeeded()) {
                tasks.forEach(Runnable::run);
            }
            if (congested && waiting <= maxWaiting / 2) {
                congested = false;
                pressure.caughtUp();
            }
        });
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
