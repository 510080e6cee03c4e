package io.parley.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ClientOptions;
import io.parley.client.ParleyClient;
import io.parley.dev.RedisServer;
import io.parley.protocol.Receipt;
import io.parley.testkit.CapturedLog;
import io.parley.testkit.Eventually;
import io.parley.testkit.Ledger;
import io.parley.testkit.NodeProcess;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promise 1 when a process is killed in the middle of the traffic, the node's or Redis' own. Ann writes to bob, who
 * reads; to carl, who reads and acknowledges nothing, so that his window overflows; and to dora, who is absent.
 */
@Timeout(180)
@ExtendWith(VertxExtension.class)
class NothingAcknowledgedIsLostInACrashIT {

    private static final int WINDOW = 16;
    private static final JsonObject NARROW = new JsonObject().put("limits", new JsonObject().put("ackWindow", WINDOW));
    /** Sends to each recipient that await their receipt at any time: what bob can take, and more than carl can. */
    private static final int TO_BOB = WINDOW / 2;

    private static final int TO_OTHERS = 3 * WINDOW;
    private static final int RECEIPTS_BEFORE_THE_CRASH = 1_500;

    private final List<String> ids = TestNode.fresh(4);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);
    private final String carl = ids.get(2);
    private final String dora = ids.get(3);
    private final Ledger ledger = new Ledger();
    private final Semaphore receipts = new Semaphore(0);
    private final List<ParleyClient> clients = new ArrayList<>();

    @Test
    void aNodeThatIsKilledLosesNothing(Vertx vertx) throws Exception {
        try (NodeProcess node = NodeProcess.start(Services.database(), Services.redis(), NARROW)) {
            node.add(ids);
            for (int crash = 0; crash < 2; crash++) {
                begin(vertx, node.port());
                awaitReceipts();
                node.kill();
                node.start();
            }
            assertEverythingPromisedArrives(vertx, node.port());
        }
        clients.forEach(ParleyClient::close);
    }

    @Test
    void aRedisThatIsKilledAndStartedAgainLosesNothing(Vertx vertx) throws Exception {
        RedisServer redis = Services.ownSyncingRedis();
        try (TestNode node = TestNode.start(Services.database(), redis.config(), NARROW);
                CapturedLog log = CapturedLog.ofParley()) {
            node.add(ids);
            begin(vertx, node.port());
            for (int crash = 0; crash < 2; crash++) {
                awaitReceipts();
                redis.kill();
                redis.restart();
            }
            awaitReceipts();
            // Carl's window and what waits behind it come only to somebody who acknowledges.
            assertEverythingPromisedArrives(vertx, node.port());
            clients.forEach(ParleyClient::close);
            assertThat(log.complaints())
                    .allSatisfy(line -> assertThat(line.text()).startsWith("redis does not answer"));
        }
        redis.stop();
    }

    /** Keeps messages flying until the node, or the client, is gone. */
    private void begin(Vertx vertx, int port) {
        login(vertx, port, bob);
        ParleyClient silent = client(vertx, port, carl)
                .onMessageAsync(incoming -> Promise.<Void>promise().future());
        TestNode.await(silent.connect());
        ParleyClient sender = client(vertx, port, ann);
        TestNode.await(sender.connect());
        for (int i = 0; i < TO_OTHERS; i++) {
            keepSending(sender, carl);
            keepSending(sender, dora);
            if (i < TO_BOB) {
                keepSending(sender, bob);
            }
        }
    }

    /** Whatever the answer; the future fails only when the client has ended. */
    private void keepSending(ParleyClient sender, String to) {
        ledger.send(sender, ann, to).onSuccess(receipt -> {
            if (receipt.status() != Receipt.Status.REFUSED) {
                receipts.release();
            }
            keepSending(sender, to);
        });
    }

    private void awaitReceipts() throws InterruptedException {
        assertThat(receipts.tryAcquire(RECEIPTS_BEFORE_THE_CRASH, 60, TimeUnit.SECONDS))
                .as("traffic: %s", ledger)
                .isTrue();
    }

    private void assertEverythingPromisedArrives(Vertx vertx, int port) {
        clients.forEach(ParleyClient::close);
        for (String recipient : List.of(bob, carl, dora)) {
            login(vertx, port, recipient);
        }
        Eventually.holds(() -> "what was promised is shown, " + ledger + ": " + ledger.missing(), () -> ledger.missing()
                .isEmpty());
        System.out.println("crash ledger: " + ledger);
        assertThat(ledger.count(Receipt.Status.DELIVERED)).isPositive();
        assertThat(ledger.count(Receipt.Status.STORED)).isPositive();
    }

    /** More than once if need be: a gateway may not have found its Redis again yet. */
    private void login(Vertx vertx, int port, String user) {
        Eventually.holds("the login of " + user, () -> {
            ParleyClient client = client(vertx, port, user).onMessage(incoming -> ledger.shown(user, incoming));
            return TestNode.await(client.connect().map(true).otherwise(false));
        });
    }

    private ParleyClient client(Vertx vertx, int port, String user) {
        ClientOptions options = TestNode.options(port, user);
        ParleyClient client =
                new ParleyClient(vertx, options.with(options.patience().withoutReconnect()));
        clients.add(client);
        return client;
    }
}
