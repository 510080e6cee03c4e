package io.parley.cli.chat;

import static io.parley.testkit.FakeNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ParleyClient;
import io.parley.client.RoomNews;
import io.parley.protocol.Audience;
import io.parley.protocol.GroupInfo;
import io.parley.protocol.Message;
import io.parley.protocol.Receipt;
import io.parley.protocol.Receipt.Status;
import io.parley.testkit.Eventually;
import io.parley.testkit.Proxy;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups and rooms with the Java client and the chat, on a real node. */
class PlacesIT {

    private static Vertx vertx;
    private static TestNode node;

    @TempDir
    Path directory;

    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private final List<RoomNews> news = new CopyOnWriteArrayList<>();
    private String ann;
    private String bob;
    private String cid;
    private ParleyClient client;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        node = TestNode.start();
    }

    @AfterAll
    static void stop() {
        node.close();
        await(vertx.close());
    }

    @BeforeEach
    void people() {
        List<String> ids = TestNode.fresh(3);
        node.add(ids);
        ann = ids.get(0);
        bob = ids.get(1);
        cid = ids.get(2);
    }

    private ParleyClient client(String user, int port) {
        client = new ParleyClient(vertx, TestNode.options(port, user))
                .onMessage(incoming -> heard.add(incoming.message()))
                .onRoom(news::add);
        await(client.connect());
        return client;
    }

    private ChatProcess chat(String user) throws IOException {
        Path password = Files.writeString(directory.resolve("password"), TestNode.PASSWORD + "\n");
        return new ChatProcess(
                "--user",
                user,
                "--port",
                String.valueOf(node.port()),
                "--ca",
                TestNode.ca().toString(),
                "--password-file",
                password.toString(),
                "--lang",
                "en");
    }

    @Test
    void aChatAndAProgramTalkInARoom() throws Exception {
        String room = "room-of-" + ann;
        client(bob, node.port());
        await(client.join(room));
        try (ChatProcess chat = chat(ann)) {
            chat.type("/room " + room, "hello", "/look");
            chat.awaitLine("sent to #" + room);
            Eventually.holds("heard", () -> heard.size() == 1);
            assertThat(heard.get(0).audience()).isEqualTo(Audience.room(room));
            assertThat(await(client.say(room, "hi")).status()).isEqualTo(Status.SENT);
            chat.awaitLine("(" + bob + ") #" + room + ": hi");
            chat.awaitLine("#" + room + " (2): Name of " + ann + ", Name of " + bob);
            await(client.leave(room));
            chat.awaitLine("(" + bob + ") left #" + room);
            chat.endInput();
            assertThat(chat.exitCode()).isZero();
        }
        await(client.logout());
    }

    @Test
    void aRoomIsEnteredAgainAfterTheConnectionWasCut() throws Exception {
        String room = "room-of-" + ann;
        try (Proxy proxy = Proxy.to("127.0.0.1", node.port())) {
            ParleyClient cut = client(ann, proxy.port());
            await(cut.join(room));
            ParleyClient other = client(bob, node.port());
            await(other.join(room));
            proxy.cut();
            Receipt said = await(cut.say(room, "still here"));
            assertThat(said.status()).isEqualTo(Status.SENT);
            Eventually.holds("heard", () -> heard.size() == 1);
            assertThat(heard.get(0).content()).isEqualTo("still here");
            await(cut.logout());
            await(other.logout());
        }
    }

    @Test
    void aGroupIsMadeAndItsReceiptCounts() throws Exception {
        client(bob, node.port());
        try (ChatProcess chat = chat(ann)) {
            chat.type("/group team " + bob);
            chat.awaitLine("The group team is made. Its id is ");
            List<GroupInfo> groups = await(client.groups());
            assertThat(groups).hasSize(1);
            String id = groups.get(0).id();
            chat.type("/group " + id + " +" + cid);
            chat.awaitLine("Changed who is in &" + id);
            chat.type("/group " + id, "早");
            chat.awaitLine("&" + id + ": delivered 1, stored 1");
            assertThat(heard).extracting(Message::audience).containsExactly(Audience.group(id));
            chat.type("/group");
            chat.awaitLine(id + "  members 3, owner " + ann);
            chat.endInput();
            assertThat(chat.exitCode()).isZero();
        }
        Receipt receipt = await(client.send(List.of(bob, cid), "to both"));
        assertThat(receipt.spread().results()).isEqualTo(Map.of(bob, Status.DELIVERED, cid, Status.STORED));
        await(client.logout());
    }
}
