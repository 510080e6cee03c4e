package io.parley.codec;

/**
 * One way of speaking with a node, on one event loop. What belongs to a connection is in the decoder and the encoder
 * that it makes for each one.
 */
public interface Codec {

    /** A decoder for one new connection; what it understands goes to {@code sink}. */
    Decoder decoder(Decoder.Sink sink);

    /**
     * The encoder for the same connection.
     *
     * @param decoder made by this codec: the encoder speaks the version that it heard, and knows what it has read
     */
    Encoder encoder(Decoder decoder);

    /** Whether a client is in the lobby from its login on, without having asked for it. */
    default boolean entersLobby() {
        return false;
    }

    /** Whether a client that logs out keeps its connection, and may log in again. */
    default boolean outlivesLogout() {
        return false;
    }
}
