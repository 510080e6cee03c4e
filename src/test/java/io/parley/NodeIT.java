package io.parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.client.ClientOptions;
import io.parley.client.ParleyClient;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Receipt;
import io.parley.testkit.CapturedLog;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class NodeIT {

    @Test
    void aTakenPortIsOneSentenceThatNamesListenerAndPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                CapturedLog log = CapturedLog.ofParley()) {
            JsonObject listener = new JsonObject()
                    .put("name", "json")
                    .put("codec", "json")
                    .put("host", "127.0.0.1")
                    .put("port", taken.getLocalPort())
                    .put("tls", true);
            JsonObject different = new JsonObject().put("listeners", new JsonArray().add(listener));
            assertThatThrownBy(() -> TestNode.start(Services.database(), Services.redis(), different))
                    .hasMessageContaining("listener json cannot listen on 127.0.0.1:" + taken.getLocalPort());
            assertThat(log.complaints()).isEmpty();
        }
    }

    @Test
    void aStopTellsEveryClientStoresWhatWasInFlightAndLeavesNobodyAtALocation() throws Exception {
        Vertx vertx = Vertx.vertx();
        var database = Services.database();
        String ann = TestNode.fresh(1).get(0);
        String bob = ann + "-bob";
        RawClient receiver;
        try (CapturedLog log = CapturedLog.ofParley()) {
            TestNode first = TestNode.start(database, Services.redis(), new JsonObject());
            first.add(ann, bob);
            receiver = RawClient.login(first.port(), bob);
            ParleyClient sender = client(vertx, first, ann);
            TestNode.await(sender.connect());
            var receipt = sender.send(bob, "in flight when the node stops");
            assertThat(receiver.expect(RawClient.DELIVERY).getString("chat_content"))
                    .isEqualTo("in flight when the node stops");
            first.close();
            assertThat(receiver.expect(RawClient.BYE).getString("reason")).isEqualTo(ByeReason.DRAINING.code());
            receiver.close();
            assertThat(log.complaints()).isEmpty();
            sender.close();
            assertThat(receipt.succeeded() && receipt.result().status() == Receipt.Status.DELIVERED)
                    .isFalse();
        }
        try (TestNode second = TestNode.start(database, Services.redis(), new JsonObject());
                RawClient again = RawClient.connect(second.port())) {
            again.verify(bob, TestNode.PASSWORD);
            JsonObject verified = again.expect(RawClient.VERIFIED);
            assertThat(verified.getLong("waiting")).isEqualTo(1);
            assertThat(again.expect(RawClient.DELIVERY).getString("chat_content"))
                    .isEqualTo("in flight when the node stops");
        } finally {
            TestNode.await(vertx.close());
        }
    }

    private static ParleyClient client(Vertx vertx, TestNode node, String user) {
        return new ParleyClient(
                vertx,
                ClientOptions.of("localhost", node.port(), user)
                        .trusting(TestNode.ca())
                        .withPassword(TestNode.PASSWORD));
    }
}
