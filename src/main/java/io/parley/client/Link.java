package io.parley.client;

import io.parley.codec.json.JsonCommands;
import io.parley.codec.json.JsonEventReader;
import io.parley.protocol.Command;
import io.parley.protocol.Event;
import io.parley.protocol.Message;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;

/**
 * One connection to a node, from the end of the TLS handshake to its end. Notices when the node is silent. Belongs to
 * the client's context.
 */
final class Link implements JsonEventReader.Sink {

    /** Chosen: more than the largest frame that a node may be configured for, 16 MiB, as it adds fields of its own. */
    private static final int MAX_FRAME_BYTES = 17 * 1024 * 1024;

    /** As much as a TLS record holds: joining more saves nothing. */
    private static final int MOST_UNSENT_BYTES = 16 * 1024;

    private final Vertx vertx;
    private final NetSocket socket;
    private final Duration answerTimeout;
    private final Owner owner;
    private final JsonEventReader reader = new JsonEventReader(MAX_FRAME_BYTES, this);
    private final Acks acks;
    private final long openedNanos = System.nanoTime();

    /** What this turn of the loop has to say; null when it said nothing yet. */
    private Buffer unsent;

    private boolean turnIsAwaited;
    private boolean ended;
    private boolean paused;
    private Long heartbeat;
    private Long silence;

    /** Who uses a link. After {@link #lost}, which comes exactly once, nothing follows. */
    interface Owner {
        void event(Link link, Event event);

        /** @param seq  0 for what was said to everybody or in a room, which nobody acknowledges */
        void message(Link link, long seq, Incoming incoming);

        void lost(Link link, Throwable why);
    }

    Link(Vertx vertx, NetSocket socket, Duration answerTimeout, Owner owner) {
        this.vertx = vertx;
        this.socket = socket;
        this.answerTimeout = answerTimeout;
        this.owner = owner;
        this.acks = new Acks(this::awaitEndOfTurn, this::add, this::reading);
        socket.handler(this::read);
        socket.exceptionHandler(cause -> end(LinkFailure.of(LinkFailure.Kind.LOST, cause)));
        socket.closeHandler(closed -> end(LinkFailure.of(LinkFailure.Kind.LOST, "the connection was closed")));
    }

    /**
     * Writes when the turn of the event loop is over, in one piece with all else that it has to say: each write costs a
     * TLS record and a call of the system, here and at the node. Writes nothing once the link has ended.
     */
    void write(Command command) {
        add(command);
        awaitEndOfTurn();
    }

    /** Writes a command that the node must answer in time, with whatever. */
    void ask(Command command) {
        ask(command, answerTimeout);
    }

    void ask(Command command, Duration timeout) {
        write(command);
        if (silence == null && !ended && !paused) {
            silence = vertx.setTimer(
                    timeout.toMillis(),
                    timer -> cut(LinkFailure.of(LinkFailure.Kind.NO_ANSWER, "no answer in " + timeout)));
        }
    }

    /** Keeps the session alive, and finds out when the node is gone. Zero: never. */
    void pingEvery(Duration interval) {
        if (!interval.isZero()) {
            heartbeat = vertx.setPeriodic(interval.toMillis(), timer -> ask(new Command.Ping("")));
        }
    }

    /** Acknowledges a delivery when it is processed; with seq 0 it only counts as unprocessed until then. */
    void acknowledge(long seq, int characters, Future<Void> processing) {
        acks.add(seq, characters, processing);
    }

    /** Writes at once what waits for the end of the turn, acknowledgements included. */
    void flush() {
        acks.write();
        flushUnsent();
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedNanos);
    }

    /**
     * Ends the link now. Through its channel: a polite close would wait for a peer that does not read (VERTX section
     * 3).
     */
    void cut(Throwable why) {
        if (!ended) {
            flushUnsent();
            ((NetSocketInternal) socket).channelHandlerContext().close();
            end(why);
        }
    }

    @Override
    public void event(Event event) {
        if (!ended) {
            owner.event(this, event);
        }
    }

    @Override
    public void message(long seq, boolean replayed, Message message) {
        if (!ended) {
            owner.message(this, seq, new Incoming(message, replayed));
        }
    }

    @Override
    public void broken(Refusal refusal) {
        cut(LinkFailure.of(LinkFailure.Kind.NOT_PARLEY, refusal));
    }

    private void awaitEndOfTurn() {
        if (!turnIsAwaited && !ended) {
            turnIsAwaited = true;
            vertx.runOnContext(over -> {
                turnIsAwaited = false;
                flush();
            });
        }
    }

    private void add(Command command) {
        if (ended) {
            return;
        }
        Buffer frame = JsonCommands.encode(command);
        unsent = unsent == null ? frame : unsent.appendBuffer(frame);
        if (unsent.length() >= MOST_UNSENT_BYTES) {
            flushUnsent();
        }
    }

    /** A failed write needs no handler: the socket closes then. */
    private void flushUnsent() {
        if (unsent != null && !ended) {
            socket.write(unsent);
            unsent = null;
        }
    }

    private void read(Buffer bytes) {
        heard();
        reader.feed(bytes);
    }

    /** While nothing is read, silence says nothing about the node: its answers wait in the socket. */
    private void reading(boolean on) {
        if (ended) {
            return;
        }
        paused = !on;
        if (on) {
            socket.resume();
        } else {
            socket.pause();
            heard();
        }
    }

    private void heard() {
        if (silence != null) {
            vertx.cancelTimer(silence);
            silence = null;
        }
    }

    private void end(Throwable why) {
        if (ended) {
            return;
        }
        ended = true;
        if (heartbeat != null) {
            vertx.cancelTimer(heartbeat);
        }
        heard();
        owner.lost(this, why);
    }
}
