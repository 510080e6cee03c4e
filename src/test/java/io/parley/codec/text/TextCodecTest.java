package io.parley.codec.text;

import static io.parley.testkit.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.CodecPeer;
import io.parley.protocol.Command;
import io.parley.protocol.Event;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextCodecTest {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2023-11-14T22:13:20Z"), ZoneOffset.ofHours(8));

    private static final String[] TYPED = {
        "auth 10001 123456", "msg 10002 你好", "help", "say lobby hello all", "nonsense", "", "groups", "look", "join a"
    };

    private final CodecPeer peer = peer();

    private static CodecPeer peer() {
        return new CodecPeer(new TextCodec(65_536, Locale.ENGLISH, CLOCK));
    }

    static Buffer frame(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Buffer.buffer().appendUnsignedShortLE(utf8.length).appendBytes(utf8);
    }

    /** The texts of frames. */
    static List<String> texts(Buffer frames) {
        List<String> texts = new ArrayList<>();
        int at = 0;
        while (at < frames.length()) {
            int end = at + 2 + frames.getUnsignedShortLE(at);
            texts.add(frames.getString(at + 2, end));
            at = end;
        }
        return texts;
    }

    static Event.Verified verified(String userId, String name) {
        return new Event.Verified(userId, name, null, 0, Duration.ofSeconds(30), 256, 0);
    }

    private List<String> answersTo(String typed) {
        peer.decoder().feed(frame(typed));
        return texts(peer.written());
    }

    @Test
    void anySegmentationYieldsTheSameCommandsAndAnswers() {
        forAll(300, random -> {
            Buffer bytes = Buffer.buffer();
            random.ints(5, 0, TYPED.length).forEach(i -> bytes.appendBuffer(frame(TYPED[i])));
            CodecPeer whole = peer();
            whole.decoder().feed(bytes);
            CodecPeer cut = peer();
            CodecPeer.cuts(bytes, random).forEach(cut.decoder()::feed);
            assertThat(cut.wants()).isEqualTo(whole.wants());
            assertThat(cut.written()).isEqualTo(whole.written());
        });
    }

    @Test
    void aCountCutInHalfIsAwaited() {
        Buffer bytes = frame("x".repeat(300).replaceFirst("x{12}", "msg 10002 yy"));
        peer.decoder().feed(bytes.getBuffer(0, 1));
        peer.decoder().feed(bytes.getBuffer(1, 200));
        assertThat(peer.commands).isEmpty();
        peer.decoder().feed(bytes.getBuffer(200, bytes.length()));
        assertThat(peer.wants()).containsExactly("Single[chatTo=10002, content=yy" + "x".repeat(288) + "]");
    }

    @Test
    void aPauseHoldsBackWhatArrived() {
        peer.decoder().pause();
        peer.decoder().feed(frame("groups"));
        peer.decoder().feed(frame("help"));
        assertThat(peer.commands).isEmpty();
        assertThat(peer.written().length()).isZero();
        peer.decoder().resume();
        assertThat(peer.wants()).containsExactly("GroupList[]");
        assertThat(texts(peer.written())).hasSize(1);
    }

    @Test
    void hostileBytesNeverThrow() {
        forAll(2_000, random -> {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            CodecPeer peer = peer();
            CodecPeer.cuts(Buffer.buffer(bytes), random).forEach(peer.decoder()::feed);
            assertThat(peer.broken).isNull();
        });
    }

    @Test
    void hostileTextIsAnsweredOrUnderstoodOnce() {
        forAll(2_000, random -> {
            String text = TYPED[random.nextInt(TYPED.length)] + garbage(random);
            CodecPeer peer = peer();
            peer.decoder().feed(frame(text));
            int answers = texts(peer.written()).size() + peer.commands.size();
            assertThat(answers).as(text).isEqualTo(text.isBlank() ? 0 : 1);
        });
    }

    private static String garbage(Random random) {
        return random.ints(random.nextInt(20), 0, 0x3000)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    auth 10001 123456        | Verify[userId=10001, password=123456]
                    auth 10001 two words     | Verify[userId=10001, password=two words]
                    auth visitor             | Verify[userId=visitor, password=null]
                    AUTH  10001   123456     | Verify[userId=10001, password=123456]
                    msg 10002 你好，  两个空格 | Single[chatTo=10002, content=你好，  两个空格]
                    group 10002,10003 早      | Group[chatTo=[10002, 10003], group=null, content=早]
                    group 10002, 早           | Group[chatTo=[10002], group=null, content=早]
                    group 0k2v 早             | Group[chatTo=[], group=0k2v, content=早]
                    groups                   | GroupList[]
                    join lobby               | Join[room=lobby]
                    leave lobby              | Leave[room=lobby]
                    say lobby hi all         | Say[room=lobby, content=hi all]
                    look                     | Look[room=null]
                    look lobby               | Look[room=lobby]
                    online 10001  10002      | Online[userIds=[10001, 10002]]
                    """)
    void aCommandIsUnderstood(String typed, String understood) {
        assertThat(answersTo(typed)).isEmpty();
        assertThat(peer.wants()).containsExactly(understood);
    }

    @Test
    void theEndOfALineInAFrameIsNoPartOfAPassword() {
        answersTo("auth 10001 123456\r\n");
        assertThat(peer.wants()).containsExactly("Verify[userId=10001, password=123456]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    frobnicate        | Unknown command; help lists the commands.
                    auth              | Usage: auth UID PASSWORD
                    msg               | Usage: msg UID TEXT
                    msg 10002         | Usage: msg UID TEXT
                    say lobby         | Usage: say ROOM TEXT
                    join              | Usage: join ROOM
                    leave             | Usage: leave ROOM
                    group             | Usage: group ID TEXT, or: group UID,UID TEXT
                    group ,,, hi      | Usage: group ID TEXT, or: group UID,UID TEXT
                    group a,b         | Usage: group ID TEXT, or: group UID,UID TEXT
                    group a,b,a hi    | The same user id must not be in a list twice.
                    online            | Usage: online UID ...
                    msg {x} hi        | A user id has 1 to 64 characters, without spaces, control characters and braces.
                    logout            | You are not logged in.
                    """)
    void whatIsWrongIsOneSentence(String typed, String sentence) {
        assertThat(answersTo(typed)).containsExactly(sentence);
        assertThat(peer.commands).isEmpty();
    }

    @Test
    void aListOf501AndARoomOf65CharactersAreTooMuch() {
        String people = IntStream.range(0, 501).mapToObj(String::valueOf).collect(Collectors.joining(","));
        assertThat(answersTo("group " + people + " hi")).containsExactly("At most 500 user ids at once.");
        assertThat(answersTo("join " + "r".repeat(65)).get(0)).startsWith("A room name has 1 to 64");
        assertThat(peer.commands).isEmpty();
        answersTo("group " + people.substring(0, people.lastIndexOf(',')) + " hi");
        assertThat(((Command.Group) peer.commands.get(0)).chatTo()).hasSize(500);
    }

    @Test
    void textThatIsNotUtf8IsRefusedAndTheNextIsRead() {
        peer.decoder().feed(Buffer.buffer(new byte[] {2, 0, (byte) 0xc3, 0x28}));
        assertThat(texts(peer.written())).containsExactly("This is not UTF-8.");
        answersTo("groups");
        assertThat(peer.commands).hasSize(1);
    }

    @Test
    void aTextLongerThanTheNodeAllowsIsRefusedAndTheNextIsRead() {
        CodecPeer small = new CodecPeer(new TextCodec(1_024, Locale.ENGLISH, CLOCK));
        small.decoder().feed(frame("msg 10002 " + "x".repeat(1_015)));
        assertThat(texts(small.written())).containsExactly("This is too long: at most 1024 bytes.");
        small.decoder().feed(frame("msg 10002 " + "x".repeat(1_014)));
        assertThat(small.commands).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "?", "HELP me"})
    void helpNamesEveryCommand(String typed) {
        assertThat(answersTo(typed).get(0))
                .contains("auth", "msg", "group", "groups", "join", "leave", "say", "look", "online", "logout", "help");
    }

    @Test
    void clientIdsAreNeverTheSameAlsoNotOnAnotherConnection() {
        answersTo("msg 10002 a");
        String first = peer.lastClientId();
        answersTo("msg 10002 a");
        CodecPeer other = peer();
        other.decoder().feed(frame("msg 10002 a"));
        assertThat(List.of(first, peer.lastClientId(), other.lastClientId())).doesNotHaveDuplicates();
    }

    @Test
    void nothingThatWasTypedGetsIntoARefusal() {
        List<String> sentences = new ArrayList<>(answersTo("atuh 10001 s3cret"));
        sentences.addAll(answersTo("auth {10001 s3cret"));
        assertThat(sentences).hasSize(2).noneMatch(each -> each.contains("s3cret") || each.contains("10001"));
    }
}
