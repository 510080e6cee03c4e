package io.parley.codec.line;

import io.parley.codec.Codec;
import io.parley.codec.Decoder;
import io.parley.codec.Encoder;
import io.parley.codec.LastEvent;
import io.parley.codec.text.Sentences;
import io.parley.protocol.Event;
import io.vertx.core.buffer.Buffer;
import java.time.ZoneId;
import java.util.Locale;
import java.util.function.Supplier;

/** Lines for people with telnet, nc or {@code openssl s_client}. Its clients are in the lobby from their login on. */
public final class LineCodec implements Codec {

    private final Sentences sentences;
    private final Supplier<Dialect> dialects;
    private final LastEvent<String> lastHeard = new LastEvent<>();

    private LineCodec(Sentences sentences, Supplier<Dialect> dialects) {
        this.sentences = sentences;
        this.dialects = dialects;
    }

    /**
     * Each line is a command.
     *
     * @param zone of the times that people see
     */
    public static LineCodec ofCommands(Locale language, ZoneId zone) {
        Sentences sentences = Sentences.of(language);
        return new LineCodec(sentences, () -> new CommandDialect(sentences, zone));
    }

    /** The first line is a name, and every later one is for everybody. */
    public static LineCodec ofNicknames(Locale language, ZoneId zone) {
        Sentences sentences = Sentences.of(language);
        return new LineCodec(sentences, () -> new NicknameDialect(sentences, zone));
    }

    @Override
    public Decoder decoder(Decoder.Sink sink) {
        return new LineDecoder(sentences, dialects.get(), sink);
    }

    @Override
    public Encoder encoder(Decoder decoder) {
        return new Told(((LineDecoder) decoder).dialect(), lastHeard);
    }

    /** What one client is told; knows whether its last line is still open. */
    private static final class Told implements Encoder {

        private final Dialect dialect;
        private final LastEvent<String> lastHeard;
        private boolean open;

        Told(Dialect dialect, LastEvent<String> lastHeard) {
            this.dialect = dialect;
            this.lastHeard = lastHeard;
        }

        @Override
        public Buffer encode(Event event) {
            String text = event instanceof Event.Heard
                    ? lastHeard.written(event, heard -> heard.to(dialect))
                    : event.to(dialect);
            if (text == null) {
                return null;
            }
            String told = open ? dialect.behindOpenLine(text) : text;
            open = !text.endsWith(Dialect.END);
            return Buffer.buffer(told);
        }
    }

    @Override
    public boolean entersLobby() {
        return true;
    }
}
