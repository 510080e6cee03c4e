package io.parley.client;

import io.parley.codec.json.JsonCommands;
import io.parley.codec.json.JsonEventReader;
import io.parley.protocol.Command;
import io.parley.protocol.Event;
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

    private final Vertx vertx;
    private final NetSocket socket;
    private final Duration answerTimeout;
    private final Owner owner;
    private final JsonEventReader reader = new JsonEventReader(MAX_FRAME_BYTES, this);
    private final Acks acks;
    private final long openedNanos = System.nanoTime();

    private boolean ended;
    private boolean paused;
    private Long heartbeat;
    private Long silence;

    /** Who uses a link. After {@link #lost}, which comes exactly once, nothing follows. */
    interface Owner {
        void event(Link link, Event event);

        void lost(Link link, Throwable why);
    }

    Link(Vertx vertx, NetSocket socket, Duration answerTimeout, Owner owner) {
        this.vertx = vertx;
        this.socket = socket;
        this.answerTimeout = answerTimeout;
        this.owner = owner;
        this.acks = new Acks(task -> vertx.runOnContext(turn -> task.run()), this::write, this::reading);
        socket.handler(this::read);
        socket.exceptionHandler(cause -> end(LinkFailure.of(LinkFailure.Kind.LOST, cause)));
        socket.closeHandler(closed -> end(LinkFailure.of(LinkFailure.Kind.LOST, "the connection was closed")));
    }

    /** Writes nothing once the link has ended. A failed write needs no handler: the socket closes then. */
    void write(Command command) {
        if (!ended) {
            socket.write(JsonCommands.encode(command));
        }
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

    /** Writes at once the acknowledgement that waits for the end of the turn, before a link is ended on purpose. */
    void flushAcks() {
        acks.write();
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
    public void broken(Refusal refusal) {
        cut(LinkFailure.of(LinkFailure.Kind.NOT_PARLEY, refusal));
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
