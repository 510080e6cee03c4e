package io.parley.gateway;

import io.parley.codec.Codec;
import io.parley.codec.Decoder;
import io.parley.codec.Encoder;
import io.parley.config.ListenerConfig;
import io.parley.metrics.Door;
import io.parley.metrics.MessageMeters;
import io.parley.metrics.Metrics;
import io.parley.metrics.SessionMeters;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Command;
import io.parley.protocol.Entrance;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Question;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.parley.protocol.Room;
import io.parley.session.Session;
import io.parley.session.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket: turns its bytes into commands for its session, and its session's events into bytes. The one place where a
 * mistake of ours in handling a client's bytes is caught, so that it costs that client its session and nobody else
 * anything.
 */
final class Connection implements Wire, Decoder.Sink, Output.Pressure {

    private static final String DISCONNECTED = "disconnected";

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private final NetSocket socket;
    private final Codec codec;
    private final Decoder decoder;
    private final Encoder encoder;
    private final Output output;
    private final SessionMeters meters;
    private final MessageMeters messages;
    private final Entrance entrance;
    private Session session;
    private CommandIntake intake;
    private boolean paused;
    private boolean isClosed;
    /** Whether the client has logged out and keeps the connection. */
    private boolean staying;

    private String farewell = DISCONNECTED;

    Connection(NetSocket socket, Codec codec, ListenerConfig listener, OutputFactory outputs, Metrics metrics) {
        this.socket = socket;
        this.codec = codec;
        this.entrance = new Entrance(remote(socket), listener.guests(), listener.guestsBroadcast());
        this.decoder = codec.decoder(this);
        this.encoder = codec.encoder(decoder);
        this.output = outputs.open(socket, this);
        this.meters = metrics.sessions();
        this.messages = metrics.messages();
    }

    /** Makes the output of a socket. */
    interface OutputFactory {
        Output open(NetSocket socket, Output.Pressure pressure);
    }

    /**
     * The client is there, and is greeted; {@link #begin} follows at once.
     *
     * @param door where it came in
     */
    void open(Door door) {
        socket.handler(this::read);
        socket.exceptionHandler(cut -> log.trace("connection failed session={}", session.id(), cut));
        socket.closeHandler(closed -> {
            isClosed = true;
            door.leave();
            session.disconnected();
        });
        send(door.enter());
    }

    /**
     * From now on this session is the client's.
     *
     * @param again runs when the client has logged out and waits for another session, where its codec lets it
     */
    void begin(Session session, Runnable again) {
        boolean isFirst = this.session == null;
        this.session = session;
        this.intake = new CommandIntake(session, () -> goOn(again));
        if (!isFirst && output.isCongested()) {
            session.congested();
        } else if (!isFirst) {
            resumeReading();
        }
    }

    private void goOn(Runnable again) {
        if (staying && !isClosed) {
            staying = false;
            again.run();
        }
    }

    private static String remote(NetSocket socket) {
        return socket.remoteAddress() == null
                ? "unknown"
                : socket.remoteAddress().hostAddress();
    }

    /** Why the session ended, for the one line about its life. */
    String farewell() {
        return farewell;
    }

    private void read(Buffer bytes) {
        try {
            decoder.feed(bytes);
        } catch (RuntimeException bug) {
            fail(bug);
        }
    }

    private void fail(RuntimeException bug) {
        log.error("command not handled session={} uid={}", session.id(), session.userId(), bug);
        session.broken(new Refusal(ErrorCode.INTERNAL, "the node could not handle this"));
    }

    // From the decoder.

    @Override
    public void command(Command command, int commandId) {
        session.heard();
        command.to(intake);
    }

    @Override
    public void refused(Refusal refusal, int commandId, String clientId) {
        session.heard();
        send(new Event.Failed(refusal, commandId, clientId));
    }

    @Override
    public void broken(Refusal refusal) {
        session.broken(refusal);
    }

    @Override
    public void answered(Buffer answer) {
        session.heard();
        output.write(answer);
    }

    // From the session.

    @Override
    public Entrance entrance() {
        return entrance;
    }

    @Override
    public void send(Event event) {
        if (event instanceof Event.Bye bye) {
            farewell = bye.reason().code();
            staying = bye.reason() == ByeReason.LOGOUT && codec.outlivesLogout();
        }
        noteRefusal(event);
        Buffer bytes = encoder.encode(event);
        if (bytes != null) {
            output.write(bytes);
        }
        if (event instanceof Event.Verified) {
            welcome();
        }
    }

    private void welcome() {
        farewell = DISCONNECTED;
        if (codec.entersLobby()) {
            session.ask(new Question.Join(Room.LOBBY));
        }
    }

    /** Each refusal is counted and one line, whoever refused: the codec, the session, a store. */
    private void noteRefusal(Event event) {
        if (event instanceof Event.Failed failed) {
            meters.commandRefused(failed.refusal().code());
            logRefusal(failed.command(), failed.refusal());
        } else if (event instanceof Event.NotVerified notVerified) {
            meters.loginRefused(notVerified.refusal().code());
            logRefusal(Command.Verify.ID, notVerified.refusal());
        } else if (event instanceof Event.Receipted receipted
                && receipted.receipt().error() != null) {
            countRefused(receipted.receipt());
            logRefusal(Command.Single.ID, receipted.receipt().error());
        }
    }

    /** With a message_id it was accepted, and was counted when it was settled. */
    private void countRefused(Receipt receipt) {
        if (receipt.messageId() == null) {
            messages.refused(receipt.error().code());
        }
    }

    /** As text: a throwable as the last argument would be logged as an exception instead. */
    private void logRefusal(int command, Refusal refusal) {
        log.debug(
                "refused session={} uid={} command={} error={}",
                session.id(),
                session.userId(),
                command,
                refusal.toString());
    }

    @Override
    public void deliver(Event.Delivery delivery, Runnable written) {
        messages.written(delivery.replayed());
        send(delivery);
        if (!decoder.acknowledges()) {
            output.whenWritten(written);
        }
    }

    @Override
    public void pauseReading() {
        paused = true;
        decoder.pause();
        socket.pause();
    }

    /** What the decoder held back comes first, and may pause it again. */
    @Override
    public void resumeReading() {
        paused = false;
        try {
            decoder.resume();
        } catch (RuntimeException bug) {
            fail(bug);
        }
        if (!paused) {
            socket.resume();
        }
    }

    /** After a logout that the connection outlives the client waits, unread, until the session has departed. */
    @Override
    public void close() {
        if (staying) {
            pauseReading();
        } else {
            stopReading();
            output.close();
        }
    }

    @Override
    public void cut() {
        stopReading();
        output.cut();
    }

    /**
     * Nothing that the client sends counts any more. The socket goes on reading, into nothing: a pause would hide its
     * end.
     */
    private void stopReading() {
        decoder.pause();
        socket.handler(ignored -> {});
        socket.resume();
    }

    // From the output.

    @Override
    public void congested() {
        session.congested();
    }

    @Override
    public void caughtUp() {
        session.caughtUp();
    }
}
