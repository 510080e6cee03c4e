package io.parley.codec.text;

import io.parley.codec.Codec;
import io.parley.codec.Decoder;
import io.parley.codec.Encoder;
import io.parley.protocol.Event;
import java.time.Clock;
import java.util.Locale;

/** Frames of text for people who type commands; a logout leaves the connection open for the next login. */
public final class TextCodec implements Codec {

    private final int maxTextBytes;
    private final Sentences sentences;
    private final Clock clock;

    /**
     * @param maxFrameBytes  the longest text accepted; a frame cannot hold more than 65,535 bytes in any case
     * @param clock          its zone is the one of the times that people see
     */
    public TextCodec(int maxFrameBytes, Locale language, Clock clock) {
        this.maxTextBytes = Math.min(maxFrameBytes, TextFrames.MAX_TEXT_BYTES);
        this.sentences = Sentences.of(language);
        this.clock = clock;
    }

    @Override
    public Decoder decoder(Decoder.Sink sink) {
        return new TextDecoder(maxTextBytes, sentences, clock, sink);
    }

    @Override
    public Encoder encoder(Decoder decoder) {
        Event.Handler<String> events = new TextEvents(sentences, clock.getZone(), ((TextDecoder) decoder).talk());
        return event -> {
            String text = event.to(events);
            return text == null ? null : TextFrames.of(text);
        };
    }

    @Override
    public boolean outlivesLogout() {
        return true;
    }
}
