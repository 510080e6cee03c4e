package io.parley.gateway;

import static io.parley.testkit.TestNode.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.CapturedLog;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.parley.testkit.TypingClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guests and accounts in the lobby of a real node, in both dialects of line. */
class LobbyIT {

    private static final String MEANWHILE = "Online Users:|(Name of )?u\\d-\\S+( has (entered|left) the room\\.)?";

    private static TestNode node;

    private CapturedLog log;
    private String ann;
    private String bob;
    private String eve;

    @BeforeAll
    static void start() {
        JsonObject plain = new JsonObject()
                .put("codec", "line")
                .put("host", "127.0.0.1")
                .put("port", 0)
                .put("tls", false)
                .put("guests", true);
        JsonArray listeners = new JsonArray()
                .add(plain.copy().put("name", "line"))
                .add(plain.copy().put("name", "nicknames").put("dialect", "nickname"));
        node = TestNode.start(Services.database(), Services.redis(), new JsonObject().put("listeners", listeners));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void nameGuests() {
        List<String> guests = TestNode.fresh(3);
        ann = guests.get(0);
        bob = guests.get(1);
        eve = guests.get(2);
        log = CapturedLog.ofParley();
    }

    @AfterEach
    void nothingWentWrong() {
        assertThat(log.complaints()).isEmpty();
        log.close();
    }

    private static TypingClient connect() {
        TypingClient client = TypingClient.plain(node.port("line"));
        assertThat(client.text("Connect Success".length())).isEqualTo("Connect Success");
        return client;
    }

    private static TypingClient login(String name) {
        TypingClient client = connect();
        client.line("login " + name).answered("Login Success");
        // The lobby is entered when looking shows oneself.
        lookUntil(client, name);
        return client;
    }

    private static void lookUntil(TypingClient client, String name) {
        for (int tries = 0; tries < 1_000; tries++) {
            client.line("look").line("nonsense");
            boolean seen = false;
            for (String line = client.line(); !line.startsWith("Unknown command"); line = client.line()) {
                seen |= line.equals(name);
            }
            if (seen) {
                readAll(client);
                return;
            }
        }
        throw new AssertionError(name + " is not in the room");
    }

    /** The answer to a look may come behind that to a command that the codec answers. */
    private static void readAll(TypingClient client) {
        client.line("help");
        String line = client.line();
        while (!line.startsWith("help")) {
            line = client.line();
        }
    }

    /** Answers to looks, and guests of an earlier test who leave, may come in between. */
    private static void expect(TypingClient client, String line) {
        String read = client.line();
        while (!read.equals(line)) {
            assertThat(read).as("before " + line).matches(MEANWHILE);
            read = client.line();
        }
    }

    @Test
    void guestsMeetInTheLobbySeeEachOtherAndSpeak() {
        try (TypingClient first = login(ann);
                TypingClient second = login(bob)) {
            expect(first, bob + " has entered the room.");
            first.line("say 大家好");
            expect(second, ann + ": 大家好");
            second.line("say hello");
            expect(first, bob + ": hello");
            second.line("logout");
            expect(second, "You are logged out.");
            assertThat(second.isEnded()).isTrue();
            expect(first, bob + " has left the room.");
        }
    }

    @Test
    void aNameInUseOrOfAnAccountIsTakenAndAnotherMayBeTried() {
        node.add(eve);
        try (TypingClient first = login(ann);
                TypingClient second = connect()) {
            second.line("login " + ann).answered("UserName Exist");
            second.line("login " + eve).answered("UserName Exist");
            second.line("login " + bob).answered("Login Success");
            expect(first, bob + " has entered the room.");
        }
    }

    @Test
    void whoJoinsAnotherRoomLeavesTheLobbyForIt() {
        node.add(eve);
        try (TypingClient first = login(ann);
                TypingClient second = connect()) {
            second.line("login " + eve + " " + PASSWORD).answered("Login Success");
            expect(first, "Name of " + eve + " has entered the room.");
            second.line("join tea-" + eve);
            expect(second, "You are in the room tea-" + eve + ".");
            expect(first, "Name of " + eve + " has left the room.");
            first.line("join tea-" + eve);
            expect(first, "You are in the room tea-" + eve + ".");
            expect(second, ann + " has entered the room.");
            first.line("say here we are");
            expect(second, ann + ": here we are");
        }
    }

    @Test
    void nicknamesSpeakWithTheOthersInTheLobby() {
        try (TypingClient first = login(ann);
                TypingClient second = TypingClient.plain(node.port("nicknames"))) {
            assertThat(second.line()).startsWith("Welcome. You are connection");
            assertThat(second.line()).isEqualTo("What is your name?");
            assertThat(second.line(ann).line()).isEqualTo("Name taken");
            assertThat(second.line()).isEqualTo("What is your name?");
            assertThat(second.line(bob).line()).startsWith("Hello " + bob);
            expect(first, bob + " has entered the room.");
            first.line("say hi");
            expect(second, "<" + ann + "> hi");
            second.line("hi yourself");
            expect(first, bob + ": hi yourself");
        }
    }
}
