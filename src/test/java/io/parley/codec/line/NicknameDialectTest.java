package io.parley.codec.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.CodecPeer;
import io.parley.codec.json.MessageJson;
import io.parley.protocol.Audience;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Message;
import io.parley.protocol.Refusal;
import io.parley.protocol.Room;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class NicknameDialectTest {

    private static final String ASK = "What is your name?\r\n";

    private final CodecPeer peer = new CodecPeer(LineCodec.ofNicknames(Locale.ENGLISH, ZoneOffset.UTC));

    private String typed(String line) {
        peer.decoder().feed(Buffer.buffer(line + "\n"));
        return peer.written().toString();
    }

    private String told(Event event) {
        return peer.tell(event).written().toString();
    }

    @Test
    void theGreetingCountsAndAsksForAName() {
        assertThat(told(new Event.Accepted(12, 3))).isEqualTo("Welcome. You are connection 12; here now: 3.\r\n" + ASK);
    }

    @Test
    void theFirstLineIsTheNameAndEveryLaterOneIsForEverybody() {
        assertThat(typed("ann")).isEmpty();
        assertThat(told(new Event.Verified("ann", "ann", null, 0, Duration.ofSeconds(30), 256, 0)))
                .startsWith("Hello ann.");
        typed("hello all");
        typed("logout");
        typed("");
        assertThat(peer.wants())
                .containsExactly(
                        "Verify[userId=ann, password=null]",
                        "Say[room=lobby, content=hello all]",
                        "Say[room=lobby, content=logout]");
    }

    @Test
    void aNameInUseIsAskedForAgain() {
        typed("ann");
        assertThat(told(new Event.NotVerified(new Refusal(ErrorCode.FORBIDDEN, "taken"))))
                .isEqualTo("Name taken\r\n" + ASK);
        assertThat(told(new Event.NotVerified(new Refusal(ErrorCode.BAD_CREDENTIALS, "has an account"))))
                .isEqualTo("Name taken\r\n" + ASK);
        typed("bob");
        assertThat(peer.wants())
                .containsExactly("Verify[userId=ann, password=null]", "Verify[userId=bob, password=null]");
    }

    @Test
    void aNameThatCannotBeOneIsAskedForAgain() {
        assertThat(typed("two words"))
                .isEqualTo("A name has 1 to 64 characters, without spaces, control characters and braces.\r\n" + ASK);
        assertThat(typed("")).isEqualTo(ASK);
        assertThat(peer.commands).isEmpty();
    }

    @Test
    void whatOthersSayHasTheirNameInBrackets() {
        Message said = new Message("id", "c", "bob", "bob", "hi", 0, Audience.room(Room.LOBBY));
        assertThat(told(new Event.Heard(MessageJson.envelope(said)))).isEqualTo("<bob> hi\r\n");
    }
}
