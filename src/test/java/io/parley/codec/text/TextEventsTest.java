package io.parley.codec.text;

import static io.parley.codec.text.TextCodecTest.CLOCK;
import static io.parley.codec.text.TextCodecTest.frame;
import static io.parley.codec.text.TextCodecTest.texts;
import static io.parley.codec.text.TextCodecTest.verified;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.CodecPeer;
import io.parley.codec.json.MessageJson;
import io.parley.protocol.Audience;
import io.parley.protocol.ByeReason;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.GroupInfo;
import io.parley.protocol.Message;
import io.parley.protocol.Person;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextEventsTest {

    private static final String TIME = "2023-11-15 06:13:20";

    private final CodecPeer chinese = new CodecPeer(new TextCodec(65_536, Locale.SIMPLIFIED_CHINESE, CLOCK));
    private final CodecPeer english = new CodecPeer(new TextCodec(65_536, Locale.ENGLISH, CLOCK));

    private List<String> chinese(Event event) {
        return texts(chinese.tell(event).written());
    }

    private List<String> english(Event event) {
        return texts(english.tell(event).written());
    }

    private static Message message(String content, Audience audience) {
        return new Message("id", "c", "10001", "张三", content, 1_700_000_000_000L, audience);
    }

    private static Event.Delivery delivery(boolean replayed, String content) {
        return new Event.Delivery(1, replayed, MessageJson.envelope(message(content, Audience.ONE)));
    }

    @Test
    void aGreetingAsksForALogin() {
        assertThat(english(new Event.Accepted(3, 2)).get(0)).contains("auth UID PASSWORD");
        assertThat(chinese(new Event.Accepted(3, 2)).get(0)).contains("auth").contains("请登录");
    }

    @Test
    void aMessageHasItsTimeAndItsSenderAndAMarkWhenItWaited() {
        assertThat(english(delivery(false, "你好"))).containsExactly(TIME + "\n[ 张三|UID:10001 ]:你好");
        assertThat(english(delivery(true, "你好"))).containsExactly("[offline message]" + TIME + "\n[ 张三|UID:10001 ]:你好");
        assertThat(chinese(delivery(true, "你好"))).containsExactly("[离线消息]" + TIME + "\n[ 张三|UID:10001 ]:你好");
    }

    @Test
    void whatIsForSeveralSaysWhereItIsFrom() {
        Event.Delivery group = new Event.Delivery(1, false, MessageJson.envelope(message("hi", Audience.group("g1"))));
        assertThat(english(group)).containsExactly(TIME + "\n[ 张三|UID:10001|GROUP:g1 ]:hi");
        assertThat(english(new Event.Heard(MessageJson.envelope(message("hi", Audience.room("lobby"))))))
                .containsExactly(TIME + "\n[ 张三|UID:10001|ROOM:lobby ]:hi");
        assertThat(english(new Event.Heard(MessageJson.envelope(message("hi", Audience.EVERYBODY)))))
                .containsExactly(TIME + "\n[ 张三|UID:10001|ALL ]:hi");
    }

    @Test
    void controlCharactersOfOthersAreShownAsSigns() {
        assertThat(english(delivery(false, "\u001b[31mred\u202e\na\tb")))
                .containsExactly(TIME + "\n[ 张三|UID:10001 ]:␛[31mred\ufffd\na\tb");
    }

    @Test
    void theSenderGetsAnEchoOnceItIsKnownWhatBecameOfIt() {
        chinese(verified("10001", "张三"));
        chinese.decoder().feed(frame("msg 10002 你好"));
        String first = chinese.lastClientId();
        chinese.decoder().feed(frame("msg 10002 在吗"));
        assertThat(chinese.written().length()).isZero();
        assertThat(chinese(new Event.Receipted(Receipt.stored(chinese.lastClientId(), "m", "accepted"))))
                .containsExactly("[离线消息]" + TIME + "\n[ 张三|UID:10001 ]:在吗");
        assertThat(chinese(new Event.Receipted(Receipt.delivered(first, "m"))))
                .containsExactly(TIME + "\n[ 张三|UID:10001 ]:你好");
    }

    @Test
    void whatIsSaidInARoomOrToAGroupIsEchoedWithItsPlace() {
        english(verified("10001", "张三"));
        english.decoder().feed(frame("say lobby hi"));
        assertThat(english(new Event.Receipted(Receipt.sent(english.lastClientId(), "m"))))
                .containsExactly(TIME + "\n[ 张三|UID:10001|ROOM:lobby ]:hi");
        english.decoder().feed(frame("group g1 hi"));
        assertThat(english(new Event.Receipted(Receipt.delivered(english.lastClientId(), "m"))))
                .containsExactly(TIME + "\n[ 张三|UID:10001|GROUP:g1 ]:hi");
    }

    @Test
    void aRefusedMessageIsOneSentenceAndOfSeveralItSaysWhoHasNotGotIt() {
        english(verified("10001", "张三"));
        english.decoder().feed(frame("msg 10009 hi"));
        Refusal unknown = new Refusal(ErrorCode.UNKNOWN_USER, "detail");
        assertThat(english(new Event.Receipted(Receipt.refused(english.lastClientId(), "m", unknown))))
                .containsExactly("There is no such user.");
        Receipt.Spread spread = new Receipt.Spread(Map.of(), Map.of("10009", ErrorCode.UNKNOWN_USER), Map.of());
        assertThat(english(
                        new Event.Receipted(Receipt.refused("c", "m", unknown).with(spread))))
                .containsExactly("Not delivered to 10009: There is no such user.");
    }

    @Test
    void whatIsRememberedForTheEchoIsBounded() {
        english(verified("10001", "张三"));
        english.decoder().feed(frame("msg 10002 " + "x".repeat(60_000)));
        String first = english.lastClientId();
        for (int i = 0; i < 5; i++) {
            english.decoder().feed(frame("msg 10002 " + "y".repeat(60_000)));
        }
        assertThat(english(new Event.Receipted(Receipt.stored(first, "m", "accepted"))))
                .containsExactly("Your message waits for its recipient.");
        assertThat(english(new Event.Receipted(Receipt.delivered(english.lastClientId(), "m")))
                        .get(0))
                .endsWith("y");
    }

    @Test
    void afterALogoutAnotherMayLogIn() {
        english(verified("10001", "张三"));
        english.decoder().feed(frame("logout"));
        assertThat(english.wants()).containsExactly("Logout[]");
        assertThat(english(new Event.Bye(ByeReason.LOGOUT, Duration.ZERO))).containsExactly("You are logged out.");
        english.decoder().feed(frame("logout"));
        assertThat(texts(english.written())).containsExactly("You are not logged in.");
        assertThat(english(verified("10002", "李四"))).containsExactly("You are logged in as 李四 (10002).");
    }

    @Test
    void aTextLongerThanAFrameComesInSeveral() {
        String content = "汉".repeat(30_000);
        List<String> frames = english(delivery(false, content));
        assertThat(frames).hasSize(2);
        assertThat(String.join("", frames)).endsWith("]:" + content);
    }

    @Test
    void roomsGroupsAndPeopleAreLists() {
        english(verified("10001", "张三"));
        assertThat(english(new Event.Entered("lobby", new Person("10001", "张三"))))
                .containsExactly("You are in the room lobby.");
        assertThat(english(new Event.Entered("lobby", new Person("10002", "李四"))))
                .containsExactly("李四 has entered the room lobby.");
        assertThat(english(new Event.Left("lobby", new Person("10002", "李四"))))
                .containsExactly("李四 has left the room lobby.");
        assertThat(english(new Event.LookAnswer(Map.of("b", List.of("张三"), "a", List.of("张三", "李四")), Map.of("b", 9))))
                .containsExactly("a (2): 张三, 李四\nb (10): 张三 and 9 more");
        assertThat(english(new Event.LookAnswer(Map.of(), Map.of()))).containsExactly("You are in no room.");
        assertThat(english(new Event.GroupsAnswer(List.of(new GroupInfo("g1", "Friday football", "10001", 3)))))
                .containsExactly("g1 Friday football (owner 10001, members: 3)");
        assertThat(english(new Event.OnlineAnswer(Map.of("10002", true, "10001", false))))
                .containsExactly("10001: not online\n10002: online");
    }

    @Test
    void aMistakeOfTheNodeIsSaidInTheLanguageOfTheListener() {
        assertThat(chinese(new Event.Failed(new Refusal(ErrorCode.INTERNAL, "the node could not"), 0, null)))
                .containsExactly("服务器出错了。");
    }
}
