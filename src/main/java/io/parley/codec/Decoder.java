package io.parley.codec;

import io.parley.protocol.Command;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;

/**
 * Turns the bytes of one connection into commands, however they were cut in segments. Never throws, whatever the bytes.
 *
 * <p>Belongs to its connection's event loop. Every method may be called from inside the sink.
 */
public interface Decoder {

    /** Takes the next bytes; the sink is called for each command that is complete now, in order. */
    void feed(Buffer bytes);

    /**
     * From now on the sink is not called, also not for commands that arrived already: they wait, and what is fed
     * meanwhile too. The bytes that wait are bounded only if the caller pauses its socket as well.
     */
    void pause();

    /** Ends a pause; the sink is called for what waited, before this returns, unless it pauses again. */
    void resume();

    /**
     * The protocol version that this connection speaks: that of its first frame, and the newest before it; 1 for codecs
     * without versions.
     */
    default int version() {
        return 1;
    }

    /** Whether its client acknowledges deliveries; if not, what the socket has taken counts as delivered. */
    boolean acknowledges();

    /** What a decoder understands. After {@link #broken} nothing follows. */
    interface Sink {

        void command(Command command, int commandId);

        /**
         * One bad command; the stream goes on after it.
         *
         * @param clientId  the command's client_id; null when it has none that could be read
         */
        void refused(Refusal refusal, int commandId, String clientId);

        /** Something that the codec answers by itself, a help for instance: bytes for the client as they are. */
        default void answered(Buffer answer) {}

        /** The boundaries of commands are lost: nothing that this peer sends can be trusted any more. */
        void broken(Refusal refusal);
    }
}
