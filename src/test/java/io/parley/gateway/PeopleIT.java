package io.parley.gateway;

import static io.parley.testkit.TestNode.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.CapturedLog;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.parley.testkit.TypingClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People with accounts, on the codecs text and line of a real node. */
class PeopleIT {

    private static final String MESSAGE = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\n\\[ Name of %s\\|UID:%s ]:%s";

    private static TestNode node;

    private CapturedLog log;
    private String ann;
    private String bob;

    @BeforeAll
    static void start() {
        JsonArray listeners = new JsonArray()
                .add(listener("json"))
                .add(listener("text").put("language", "zh"))
                .add(listener("line"));
        node = TestNode.start(Services.database(), Services.redis(), new JsonObject().put("listeners", listeners));
    }

    private static JsonObject listener(String codec) {
        return new JsonObject()
                .put("name", codec)
                .put("codec", codec)
                .put("host", "127.0.0.1")
                .put("port", 0);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void addPeople() {
        List<String> people = TestNode.fresh(2);
        ann = people.get(0);
        bob = people.get(1);
        node.add(people);
        log = CapturedLog.ofParley();
    }

    @AfterEach
    void nothingWentWrong() {
        assertThat(log.complaints()).isEmpty();
        log.close();
    }

    private static TypingClient text() {
        TypingClient client = TypingClient.tls(node.port("text"));
        assertThat(client.frame()).contains("请登录");
        return client;
    }

    private static TypingClient line() {
        TypingClient client = TypingClient.tls(node.port("line"));
        assertThat(client.text("Connect Success".length())).isEqualTo("Connect Success");
        return client;
    }

    private static String message(String from, String text) {
        return MESSAGE.formatted(from, from, text);
    }

    @Test
    void aMessageWaitsItsSenderIsToldAndAnotherMayLogInOnTheSameConnection() {
        try (TypingClient client = text()) {
            assertThat(client.frame("auth " + ann + " wrong").frame()).isEqualTo("用户 ID 或密码错误。");
            assertThat(client.frame("msg " + bob + " hi").frame()).isEqualTo("您还没有登录。");
            assertThat(client.frame("auth " + ann + " " + PASSWORD).frame()).startsWith("登录成功：Name of " + ann);
            assertThat(client.frame("auth " + bob + " " + PASSWORD).frame()).isEqualTo("您已登录；请先退出登录。");
            assertThat(client.frame("msg " + bob + " 你好").frame()).matches("\\[离线消息]" + message(ann, "你好"));
            assertThat(client.frame("msg nobody hi").frame()).isEqualTo("没有这个用户。");
            assertThat(client.frame("logout").frame()).isEqualTo("您已退出登录。");
            assertThat(client.frame("help").frame()).contains("auth").contains("logout");
            assertThat(client.frame("logout").frame()).isEqualTo("您还没有登录。");
            assertThat(client.frame("auth " + bob + " " + PASSWORD).frame()).endsWith("待收消息：1");
            assertThat(client.frame()).matches("\\[离线消息]" + message(ann, "你好"));
            assertThat(client.frame("?").frame()).contains("auth");
        }
    }

    @Test
    void whatIsTypedBehindALogoutWaitsForIt() {
        try (TypingClient client = text()) {
            client.frame("auth " + ann + " " + PASSWORD)
                    .frame("logout")
                    .frame("auth " + bob + " " + PASSWORD)
                    .frame("msg " + bob + " to myself");
            assertThat(client.frame()).startsWith("登录成功：Name of " + ann);
            assertThat(client.frame()).isEqualTo("您已退出登录。");
            assertThat(client.frame()).startsWith("登录成功：Name of " + bob);
            List<String> both = List.of(client.frame(), client.frame());
            assertThat(both).allMatch(each -> each.matches("(\\[离线消息])?" + message(bob, "to myself")));
        }
    }

    @Test
    void afterALogoutNobodyIsThereAndTheOldLoginIsGone() {
        try (TypingClient client = text();
                RawClient other = RawClient.login(node.port(), bob)) {
            client.frame("auth " + ann + " " + PASSWORD).frame();
            client.frame("logout").frame();
            // The next command is read only when the old session has departed.
            client.frame("help").frame();
            other.single("c", ann, "are you there?");
            assertThat(other.expect(RawClient.RECEIPT).getString("status")).isEqualTo("stored");
            assertThat(client.frame("auth " + ann + " " + PASSWORD).frame()).endsWith("待收消息：1");
            assertThat(client.frame()).matches("\\[离线消息]" + message(bob, "are you there\\?"));
        }
    }

    @Test
    void aMessageThatTheSocketHasTakenIsDelivered() {
        try (TypingClient sender = text();
                TypingClient recipient = text()) {
            sender.frame("auth " + ann + " " + PASSWORD).frame();
            recipient.frame("auth " + bob + " " + PASSWORD).frame();
            String echo = "[离线消息]";
            // Until the recipient's mailbox has been read to its end a message may be stored and replayed.
            for (int i = 0; i < 1_000 && echo.startsWith("[离线消息]"); i++) {
                echo = sender.frame("msg " + bob + " hi").frame();
                assertThat(recipient.frame()).matches("(\\[离线消息])?" + message(ann, "hi"));
            }
            assertThat(echo).matches(message(ann, "hi"));
        }
        try (RawClient again = RawClient.connect(node.port())) {
            again.verify(bob, PASSWORD);
            assertThat(again.expect(RawClient.VERIFIED).getInteger("waiting")).isZero();
        }
    }

    @Test
    void peopleSpeakInRoomsAndToSeveral() {
        try (TypingClient first = text();
                TypingClient second = text()) {
            String room = "room-" + ann;
            first.frame("auth " + ann + " " + PASSWORD).frame();
            second.frame("auth " + bob + " " + PASSWORD).frame();
            assertThat(first.frame("look").frame()).isEqualTo("您不在任何房间里。");
            assertThat(first.frame("say " + room + " hi").frame()).isEqualTo("您不在其中。");
            assertThat(first.frame("join " + room).frame()).isEqualTo("您已进入房间 " + room + "。");
            assertThat(second.frame("join " + room).frame()).isEqualTo("您已进入房间 " + room + "。");
            assertThat(first.frame()).isEqualTo("Name of " + bob + " 进入了房间 " + room + "。");
            String said = MESSAGE.formatted(ann, ann + "\\|ROOM:" + room, "大家好");
            assertThat(first.frame("say " + room + " 大家好").frame()).matches(said);
            assertThat(second.frame()).matches(said);
            assertThat(second.frame("look " + room).frame()).contains("（2 人）").contains("Name of " + ann);
            assertThat(second.frame("leave " + room).frame()).isEqualTo("您已离开房间 " + room + "。");
            assertThat(first.frame()).isEqualTo("Name of " + bob + " 离开了房间 " + room + "。");
            assertThat(first.frame("group " + bob + ",nobody hi").frame()).isEqualTo("未送达 nobody：没有这个用户。");
            assertThat(second.frame()).matches("(\\[离线消息])?" + message(ann, "hi"));
            assertThat(first.frame("group nothing hi").frame()).isEqualTo("没有这个群。");
            assertThat(first.frame("groups").frame()).isEqualTo("您没有加入任何群。");
            assertThat(first.frame("online " + bob + " nobody").frame()).isEqualTo("nobody：不在线\n" + bob + "：在线");
        }
    }

    @Test
    void aNewerLoginEndsTheConnectionWithASentence() {
        try (TypingClient first = text();
                TypingClient second = line()) {
            first.frame("auth " + ann + " " + PASSWORD).frame();
            second.line("login " + ann + " " + PASSWORD).answered("Login Success");
            assertThat(first.frame()).isEqualTo("此账号已在别处登录，本连接结束。");
            assertThat(first.isEnded()).isTrue();
        }
    }

    @Test
    void aLineClientLogsInWithItsPasswordAndWritesPrivately() {
        try (TypingClient client = line();
                RawClient other = RawClient.loginReady(node.port(), bob)) {
            client.line("login").answered("UserName Empty");
            assertThat(client.line("frobnicate").line()).isEqualTo("Unknown command; help lists the commands.");
            assertThat(client.line("say hi").line()).isEqualTo("You are not logged in.");
            assertThat(client.line("login " + ann + " wrong").line())
                    .isEqualTo("The user id or the password is wrong.");
            client.line("login " + ann + " " + PASSWORD).answered("Login Success");
            client.line("msg " + bob + " 你好");
            assertThat(other.expect(RawClient.DELIVERY).getString("chat_content"))
                    .isEqualTo("你好");
            client.line("logout");
            List<String> rest = linesUntil(client, "You are logged out.");
            assertThat(rest).noneMatch(each -> each.contains("你好"));
            assertThat(client.isEnded()).isTrue();
        }
    }

    /** Lines of the lobby may come in between. */
    private static List<String> linesUntil(TypingClient client, String last) {
        List<String> lines = new ArrayList<>();
        do {
            lines.add(client.line());
        } while (!lines.get(lines.size() - 1).equals(last));
        return lines;
    }

    @Test
    void aLineOfAMegabyteWithoutAnEndIsASentenceAndTheEnd() {
        try (TypingClient client = line()) {
            byte[] part = new byte[64 * 1024];
            Arrays.fill(part, (byte) 'x');
            client.bytes(part);
            assertThat(client.line()).isEqualTo("This is too long: at most 4096 bytes.");
            for (int i = 1; i < 16; i++) {
                client.bytes(part);
            }
            // And no more: what the node has not read when it closes turns its close into a reset.
            client.bytes(new byte[] {'x'});
            assertThat(client.line()).isEqualTo("A line has no end: at most 1048576 bytes.");
            assertThat(client.line()).isEqualTo("This connection ends.");
            assertThat(client.isEnded()).isTrue();
        }
    }
}
