package io.parley.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.json.JsonCodec;
import io.parley.codec.json.MessageJson;
import io.parley.codec.line.LineCodec;
import io.parley.codec.text.TextCodec;
import io.parley.protocol.Audience;
import io.parley.protocol.Event;
import io.parley.protocol.Message;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What many are told, one after the other on one event loop, is written once. */
class LastEventTest {

    private static Event.Heard heard(String text) {
        return new Event.Heard(
                MessageJson.envelope(new Message("id", "client", "bob", "Bob", text, 0, Audience.room("lobby"))));
    }

    private static List<Codec> codecs() {
        return List.of(
                new JsonCodec(65_536),
                new TextCodec(65_536, Locale.ENGLISH, Clock.system(ZoneOffset.UTC)),
                LineCodec.ofCommands(Locale.ENGLISH, ZoneOffset.UTC));
    }

    @Test
    void theSameEventIsWrittenOnceAndAnotherOneAnew() {
        LastEvent<String> last = new LastEvent<>();
        Event first = heard("one");
        assertThat(last.written(first, event -> "first")).isEqualTo("first");
        assertThat(last.written(first, event -> "again")).isEqualTo("first");
        assertThat(last.written(heard("one"), event -> "another")).isEqualTo("another");
    }

    @Test
    void everyClientIsToldEverythingInItsPlace() {
        for (Codec codec : codecs()) {
            CodecPeer ann = new CodecPeer(codec);
            CodecPeer eve = new CodecPeer(codec);
            String told = "";
            for (String text : List.of("one", "two", "one")) {
                Event event = heard(text);
                ann.tell(event);
                eve.tell(event);
                told += new CodecPeer(codec).tell(event).written();
            }
            assertThat(told).contains("one").contains("two");
            assertThat(ann.written()).hasToString(told);
            assertThat(eve.written()).hasToString(told);
        }
    }

    @Test
    void clientsOfTheTwoVersionsAreToldTheSameEventEachInItsOwn() {
        JsonCodec codec = new JsonCodec(65_536);
        CodecPeer newer = new CodecPeer(codec);
        CodecPeer older = new CodecPeer(codec);
        older.decoder().feed(Buffer.buffer().appendInt(12).appendInt(0).appendInt(6));
        Event event = heard("hello");
        newer.tell(event);
        older.tell(event);
        assertThat(older.written().getInt(4)).isZero();
        assertThat(newer.tell(event).written().getInt(4)).isEqualTo(1);
    }
}
