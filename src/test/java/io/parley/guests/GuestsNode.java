package io.parley.guests;

import static io.parley.testkit.RawClient.VERIFIED;
import static io.parley.testkit.RawClient.VERIFY;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.RawClient;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Nodes with three listeners: {@code json} for accounts, {@code guests}, and {@code old} for clients of version 0. */
final class GuestsNode {

    private GuestsNode() {}

    static JsonObject listeners() {
        JsonObject old =
                plain("old").put("guests", true).put("guestsReplace", true).put("guestsBroadcast", true);
        return new JsonObject()
                .put(
                        "listeners",
                        new JsonArray()
                                .add(plain("json").put("tls", true))
                                .add(plain("guests").put("guests", true))
                                .add(old));
    }

    private static JsonObject plain(String name) {
        return new JsonObject()
                .put("name", name)
                .put("host", "127.0.0.1")
                .put("port", 0)
                .put("tls", false);
    }

    /** Asks to come in without a password; the answer, whatever it is. */
    static JsonObject knock(RawClient client, String userId) {
        client.send(VERIFY, new JsonObject().put("user_id", userId));
        return client.expect(VERIFIED);
    }

    static RawClient guest(TestNode node, String userId) {
        RawClient client = RawClient.connectPlain(node.port("guests"), 1);
        JsonObject verified = knock(client, userId);
        assertThat(verified.getInteger("code")).as("login %s", verified).isEqualTo(1);
        return client;
    }

    /** A client of version 0. */
    static RawClient old(TestNode node, String phoneNumber) {
        RawClient client = RawClient.connectPlain(node.port("old"), 0);
        client.send(VERIFY, new JsonObject().put("phone_number", phoneNumber));
        assertThat(client.expect(VERIFIED)).isEqualTo(new JsonObject().put("code", 1));
        return client;
    }

    /** Why somebody may not come in. */
    static String refusedTo(TestNode node, String userId) {
        try (RawClient client = RawClient.connectPlain(node.port("guests"), 1)) {
            JsonObject answer = knock(client, userId);
            assertThat(answer.getInteger("code")).as("answer %s", answer).isZero();
            return answer.getString("error");
        }
    }
}
