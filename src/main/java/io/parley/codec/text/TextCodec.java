package io.parley.codec.text;

import io.parley.codec.Codec;
import io.parley.codec.Decoder;
import io.parley.codec.Encoder;
import io.parley.codec.LastEvent;
import io.parley.protocol.Event;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Function;

/** Frames of text for people who type commands; a logout leaves the connection open for the next login. */
public final class TextCodec implements Codec {

    private final int maxTextBytes;
    private final Sentences sentences;
    private final Clock clock;
    private final LastEvent<Buffer> lastHeard = new LastEvent<>();

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
        Function<Event, Buffer> writer = event -> {
            String text = event.to(events);
            return text == null ? null : TextFrames.of(text);
        };
        return event -> event instanceof Event.Heard ? lastHeard.written(event, writer) : writer.apply(event);
    }

    @Override
    public boolean outlivesLogout() {
        return true;
    }
}
