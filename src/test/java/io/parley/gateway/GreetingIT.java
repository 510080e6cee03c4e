package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.CapturedLog;
import io.parley.testkit.Eventually;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.parley.testkit.TypingClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a node with listeners for people begins and ends. */
class GreetingIT {

    private static TestNode node(JsonObject... listeners) {
        JsonArray all = new JsonArray();
        for (JsonObject each : listeners) {
            all.add(each.put("port", 0));
        }
        return TestNode.start(Services.database(), Services.redis(), new JsonObject().put("listeners", all));
    }

    private static JsonObject nicknames(String host) {
        return new JsonObject()
                .put("name", "nicknames")
                .put("codec", "line")
                .put("dialect", "nickname")
                .put("host", host)
                .put("tls", false)
                .put("guests", true);
    }

    private static TypingClient arrive(TestNode node, List<String> greetings) {
        TypingClient client = TypingClient.plain(node.port("nicknames"));
        greetings.add(client.line());
        assertThat(client.line()).isEqualTo("What is your name?");
        return client;
    }

    @Test
    void aNewConnectionIsToldWhichOneItIsAndHowManyAreHereWhicheverGatewayHasIt() {
        List<String> greetings = new ArrayList<>();
        try (TestNode node = node(nicknames("127.0.0.1"))) {
            TypingClient first = arrive(node, greetings);
            TypingClient second = arrive(node, greetings);
            TypingClient third = arrive(node, greetings);
            assertThat(greetings)
                    .containsExactly(
                            "Welcome. You are connection 1; here now: 1.",
                            "Welcome. You are connection 2; here now: 2.",
                            "Welcome. You are connection 3; here now: 3.");
            first.close();
            second.close();
            Eventually.holds("those who left are not counted", () -> {
                arrive(node, greetings).close();
                return greetings.get(greetings.size() - 1).endsWith("here now: 2.");
            });
            third.close();
        }
    }

    @Test
    void guestsFromOtherMachinesWithoutTlsAreOneWarning() {
        try (CapturedLog log = CapturedLog.ofParley();
                TestNode open = node(nicknames("0.0.0.0"))) {
            assertThat(open.port("nicknames")).isPositive();
            assertThat(log.complaints()).hasSize(1);
            assertThat(log.complaints().get(0).toString())
                    .contains("guests may enter from other machines without TLS listener=nicknames host=0.0.0.0");
        }
    }

    @Test
    void whoHasLoggedOutAndStayedIsToldWhenTheNodeStops() {
        JsonObject text =
                new JsonObject().put("name", "text").put("codec", "text").put("host", "127.0.0.1");
        String ann = TestNode.fresh(1).get(0);
        try (CapturedLog log = CapturedLog.ofParley();
                TestNode node = node(text);
                TypingClient client = TypingClient.tls(node.port("text"))) {
            node.add(ann);
            client.frame();
            assertThat(client.frame("auth " + ann + " " + TestNode.PASSWORD).frame())
                    .startsWith("You are logged in");
            assertThat(client.frame("logout").frame()).isEqualTo("You are logged out.");
            var stopped = node.stop();
            assertThat(client.frame()).isEqualTo("The server is about to stop; please come back in a moment.");
            assertThat(client.isEnded()).isTrue();
            TestNode.await(stopped);
            assertThat(log.complaints()).isEmpty();
        }
    }
}
