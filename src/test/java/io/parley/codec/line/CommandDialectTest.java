package io.parley.codec.line;

import static io.parley.testkit.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.CodecPeer;
import io.parley.codec.json.MessageJson;
import io.parley.protocol.Audience;
import io.parley.protocol.ByeReason;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Message;
import io.parley.protocol.Person;
import io.parley.protocol.Question;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.parley.protocol.Room;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandDialectTest {

    private static final String[] TYPED = {
        "login ann secret\r\n", "say hi\n", "look\r\n", "join a\n", "msg 10002 你好\r\n", "nonsense\n", "\r\n", "help\n"
    };

    private final CodecPeer peer = peer(Locale.ENGLISH);

    private static CodecPeer peer(Locale language) {
        return new CodecPeer(LineCodec.ofCommands(language, ZoneOffset.ofHours(8)));
    }

    private String typed(String line) {
        peer.decoder().feed(Buffer.buffer(line + "\r\n"));
        return peer.written().toString();
    }

    /** Without the end of a line that a fixed answer left open. */
    private String told(Event event) {
        return peer.tell(event).written().toString().replaceFirst("^\r\n", "");
    }

    private void login() {
        told(new Event.Verified("10001", "张三", null, 0, Duration.ofSeconds(30), 256, 0));
        told(new Event.Entered(Room.LOBBY, new Person("10001", "张三")));
    }

    private static Message message(String content, Audience audience) {
        return new Message("id", "c", "10002", "李四", content, 1_700_000_000_000L, audience);
    }

    private static Event.Heard said(String content) {
        return new Event.Heard(MessageJson.envelope(message(content, Audience.room(Room.LOBBY))));
    }

    @Test
    void theGreetingHasNoEndOfLine() {
        assertThat(told(new Event.Accepted(1, 1))).isEqualTo("Connect Success");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    login ann            | Verify[userId=ann, password=null]
                    login ann two words  | Verify[userId=ann, password=two words]
                    LOGIN ann            | Verify[userId=ann, password=null]
                    say hi all           | Say[room=lobby, content=hi all]
                    look                 | Look[room=lobby]
                    msg 10002 hi all     | Single[chatTo=10002, content=hi all]
                    logout               | Logout[]
                    join tea             | Join[room=tea]
                    """)
    void aCommandIsUnderstood(String line, String understood) {
        assertThat(typed(line)).isEmpty();
        assertThat(peer.wants()).containsExactly(understood);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    login {x}  | A name has 1 to 64 characters, without spaces, control characters and braces.
                    frobnicate | Unknown command; help lists the commands.
                    say        | Usage: say TEXT
                    msg        | Usage: msg UID TEXT
                    msg 10002  | Usage: msg UID TEXT
                    msg {} hi  | A user id has 1 to 64 characters, without spaces, control characters and braces.
                    join       | Usage: join ROOM
                    join {}    | A room name has 1 to 64 characters, without spaces, control characters and braces.
                    """)
    void whatIsWrongIsOneLine(String line, String answer) {
        assertThat(typed(line)).isEqualTo(answer + "\r\n");
        assertThat(peer.commands).isEmpty();
    }

    @Test
    void theAnswersToALoginAreFixedInEveryLanguage() {
        CodecPeer chinese = peer(Locale.SIMPLIFIED_CHINESE);
        Event taken = new Event.NotVerified(new Refusal(ErrorCode.FORBIDDEN, "taken"));
        Event verified = new Event.Verified("10001", "张三", null, 0, Duration.ofSeconds(30), 256, 2);
        for (CodecPeer each : List.of(peer, chinese)) {
            each.decoder().feed(Buffer.buffer("login\n"));
            assertThat(each.tell(taken).tell(verified).written().toString())
                    .isEqualTo("UserName EmptyUserName ExistLogin Success");
        }
        Event wrong = new Event.NotVerified(new Refusal(ErrorCode.BAD_CREDENTIALS, "wrong"));
        assertThat(told(wrong)).isEqualTo("The user id or the password is wrong.\r\n");
        assertThat(chinese.tell(wrong).written().toString()).isEqualTo("\r\n用户 ID 或密码错误。\r\n");
    }

    @Test
    void aLineBehindAFixedAnswerBeginsOnItsOwn() {
        Event verified = new Event.Verified("10001", "张三", null, 0, Duration.ofSeconds(30), 256, 2);
        Event entered = new Event.Entered("lobby", new Person("bob", "Bob"));
        assertThat(peer.tell(verified).tell(entered).tell(entered).written().toString())
                .isEqualTo("Login Success\r\nBob has entered the room.\r\nBob has entered the room.\r\n");
    }

    @Test
    void aNameOfAnAccountIsTakenForWhoHasNoPassword() {
        Event wrong = new Event.NotVerified(new Refusal(ErrorCode.BAD_CREDENTIALS, "has an account"));
        typed("login 10001");
        assertThat(told(wrong)).isEqualTo("UserName Exist");
        typed("login 10001 secret");
        assertThat(told(wrong)).isEqualTo("The user id or the password is wrong.\r\n");
    }

    @Test
    void aRoomIsLinesOfWhatOthersDo() {
        login();
        assertThat(told(new Event.Entered(Room.LOBBY, new Person("10002", "李四"))))
                .isEqualTo("李四 has entered the room.\r\n");
        assertThat(told(said("hello"))).isEqualTo("李四: hello\r\n");
        assertThat(told(new Event.Left(Room.LOBBY, new Person("10002", "李四")))).isEqualTo("李四 has left the room.\r\n");
        assertThat(told(new Event.LookAnswer(Map.of(Room.LOBBY, List.of("张三", "李四")), Map.of(Room.LOBBY, 7))))
                .isEqualTo("Online Users:\r\n张三\r\n李四\r\nand 7 more\r\n");
    }

    @Test
    void ownStepsAndTheReceiptOfWhatWasSaidAreSilent() {
        told(new Event.Verified("10001", "张三", null, 0, Duration.ofSeconds(30), 256, 0));
        assertThat(told(new Event.Entered(Room.LOBBY, new Person("10001", "张三"))))
                .isEmpty();
        assertThat(told(new Event.Left(Room.LOBBY, new Person("10001", "张三")))).isEmpty();
        assertThat(told(new Event.Receipted(Receipt.sent("c", "m")))).isEmpty();
        assertThat(told(new Event.Receipted(Receipt.delivered("c", "m")))).isEmpty();
        assertThat(told(new Event.Receipted(Receipt.stored("c", "m", "accepted"))))
                .isEqualTo("The message waits for its recipient.\r\n");
        assertThat(told(new Event.Receipted(Receipt.refused("c", "m", new Refusal(ErrorCode.UNKNOWN_USER, "")))))
                .isEqualTo("There is no such user.\r\n");
    }

    @Test
    void anotherRoomIsEnteredByLeavingTheOneBefore() {
        login();
        typed("join tea");
        typed("say hi");
        typed("look");
        assertThat(peer.wants())
                .containsExactly("Leave[room=lobby]", "Join[room=tea]", "Say[room=tea, content=hi]", "Look[room=tea]");
        assertThat(told(new Event.Entered("tea", new Person("10001", "张三")))).isEqualTo("You are in the room tea.\r\n");
        assertThat(typed("join tea")).isEqualTo("You are in the room tea already.\r\n");
    }

    @Test
    void aLobbyThatIsEnteredLateIsNotTheRoomThatWasAskedFor() {
        told(new Event.Verified("10001", "张三", null, 0, Duration.ofSeconds(30), 256, 0));
        typed("join tea");
        assertThat(told(new Event.Entered(Room.LOBBY, new Person("10001", "张三"))))
                .isEmpty();
        assertThat(told(new Event.Entered("tea", new Person("10001", "张三")))).isEqualTo("You are in the room tea.\r\n");
        assertThat(told(new Event.Entered("tea", new Person("10001", "张三")))).isEmpty();
    }

    @Test
    void whoCouldNotEnterARoomIsInNone() {
        login();
        typed("join tea");
        assertThat(told(new Event.Failed(
                        new Refusal(ErrorCode.UNAVAILABLE, "detail", Duration.ofSeconds(2)), Question.Join.ID, null)))
                .isEqualTo("This does not work at the moment. Try again in 2 s.\r\n");
        assertThat(typed("say hi")).isEqualTo("You are in no room: join ROOM\r\n");
        assertThat(typed("look")).isEqualTo("You are in no room: join ROOM\r\n");
        peer.commands.clear();
        typed("join lobby");
        assertThat(peer.wants()).containsExactly("Join[room=lobby]");
    }

    @Test
    void aPrivateMessageSaysSoAndWhenItWasSentIfItWaited() {
        Message one = message("hi", Audience.ONE);
        assertThat(told(new Event.Delivery(1, false, MessageJson.envelope(one))))
                .isEqualTo("李四 (private): hi\r\n");
        assertThat(told(new Event.Delivery(1, true, MessageJson.envelope(one))))
                .isEqualTo("李四 (private, sent 2023-11-15 06:13:20): hi\r\n");
        assertThat(told(new Event.Delivery(1, false, MessageJson.envelope(message("hi", Audience.group("g"))))))
                .isEqualTo("李四 (to several): hi\r\n");
        assertThat(told(new Event.Heard(MessageJson.envelope(message("hi", Audience.EVERYBODY)))))
                .isEqualTo("李四 (to everybody): hi\r\n");
    }

    @Test
    void nothingOfOthersReachesATerminalRaw() {
        login();
        assertThat(told(said("\u001b[2J\r\nann: a faked line\u0007\u009b")))
                .isEqualTo("李四: ␛[2J␍␊ann: a faked line␇\ufffd\r\n");
        assertThat(told(new Event.Entered(Room.LOBBY, new Person("10002", "a\nb: x"))))
                .isEqualTo("a␊b: x has entered the room.\r\n");
    }

    @Test
    void theEndHasASentence() {
        assertThat(told(new Event.Bye(ByeReason.LOGOUT, Duration.ZERO))).isEqualTo("You are logged out.\r\n");
    }

    @Test
    void anySegmentationYieldsTheSame() {
        forAll(300, random -> {
            Buffer bytes = Buffer.buffer();
            random.ints(6, 0, TYPED.length).forEach(i -> bytes.appendString(TYPED[i]));
            CodecPeer whole = peer(Locale.ENGLISH);
            whole.decoder().feed(bytes);
            CodecPeer cut = peer(Locale.ENGLISH);
            CodecPeer.cuts(bytes, random).forEach(cut.decoder()::feed);
            assertThat(cut.wants()).isEqualTo(whole.wants());
            assertThat(cut.written()).isEqualTo(whole.written());
        });
    }

    @Test
    void hostileBytesNeverThrow() {
        forAll(2_000, random -> {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i += 1 + random.nextInt(40)) {
                bytes[i] = '\n';
            }
            CodecPeer peer = peer(Locale.ENGLISH);
            CodecPeer.cuts(Buffer.buffer(bytes), random).forEach(peer.decoder()::feed);
            assertThat(peer.broken).isNull();
        });
    }

    @Test
    void bytesThatAreNotUtf8AreASentence() {
        peer.decoder().feed(Buffer.buffer("say ").appendByte((byte) 0xff).appendString("\nlook\n"));
        assertThat(peer.written().toString()).isEqualTo("This is not UTF-8.\r\n");
        assertThat(peer.commands).hasSize(1);
    }

    @Test
    void aLongLineIsASentenceAndAMegabyteWithoutAnEndIsTheEnd() {
        assertThat(typed("say " + "x".repeat(4_092))).isEmpty();
        assertThat(typed("say " + "x".repeat(4_093))).isEqualTo("This is too long: at most 4096 bytes.\r\n");
        assertThat(peer.commands).hasSize(1);
        Buffer part = Buffer.buffer("x".repeat(1_024));
        for (int i = 0; i < 1_024; i++) {
            peer.decoder().feed(part);
        }
        assertThat(peer.broken).isNull();
        peer.decoder().feed(part);
        assertThat(peer.broken.code()).isEqualTo(ErrorCode.FRAME_TOO_LARGE);
        int before = peer.commands.size();
        typed("look");
        assertThat(peer.commands).hasSize(before);
    }
}
