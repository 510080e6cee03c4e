package io.parley.codec;

/**
 * One way of speaking with a node. Has no state: what belongs to a connection is in the decoder and the encoder that it
 * makes for each one.
 */
public interface Codec {

    /** A decoder for one new connection; what it understands goes to {@code sink}. */
    Decoder decoder(Decoder.Sink sink);

    /** The encoder for the same connection: it speaks the version that {@code decoder} heard. */
    Encoder encoder(Decoder decoder);
}
