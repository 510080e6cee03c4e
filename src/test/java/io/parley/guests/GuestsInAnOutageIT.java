package io.parley.guests;

import static io.parley.guests.GuestsNode.guest;
import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.RECEIPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.dev.MariaDbServer;
import io.parley.dev.RedisServer;
import io.parley.redis.Keys;
import io.parley.redis.RedisAdmin;
import io.parley.testkit.Eventually;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While a store is down nobody's message gets into a mailbox because nobody can tell that it is a guest's. */
@Timeout(120)
class GuestsInAnOutageIT {

    private final MariaDbServer mysql = Services.ownMariaDb();
    private final RedisServer redis = Services.ownRedis();
    private final List<String> ids = TestNode.fresh(3);
    private final String eve = ids.get(0);
    private final String gus = ids.get(1);
    private final String zed = ids.get(2);
    private TestNode node;

    @BeforeEach
    void start() {
        node = TestNode.start(mysql.config(), redis.config(), GuestsNode.listeners());
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
        redis.stop();
        mysql.stop();
    }

    private static JsonObject receipt(RawClient sender, String clientId, String to) {
        sender.single(clientId, to, clientId);
        return sender.expect(RECEIPT);
    }

    private static void assertRefused(JsonObject receipt, String error) {
        assertThat(receipt.getString("status")).isEqualTo("refused");
        assertThat(receipt.getString("error")).isEqualTo(error);
    }

    private static void assertDelivered(RawClient sender, RawClient guest, String clientId, String to) {
        sender.single(clientId, to, clientId);
        guest.ack(guest.expect(DELIVERY).getLong("seq"));
        sender.expectReceipt("delivered");
    }

    @Test
    void withoutMySqlGuestsGoOnAndNothingIsStoredForThem() throws IOException {
        try (RawClient sender = guest(node, eve);
                RedisAdmin stored = new RedisAdmin(redis.config())) {
            RawClient known = guest(node, gus);
            RawClient newcomer = guest(node, zed);
            assertDelivered(sender, known, "before", gus);
            mysql.kill();
            Eventually.holds("MySQL is missed", () -> receipt(sender, "probe", "nobody-" + eve)
                    .getString("error")
                    .equals("unavailable"));
            assertThat(GuestsNode.refusedTo(node, "late-" + eve)).isEqualTo("unavailable");

            assertDelivered(sender, known, "known", gus);
            assertDelivered(sender, newcomer, "newcomer", zed);
            for (RawClient leaving : List.of(known, newcomer)) {
                String id = leaving == known ? gus : zed;
                sender.single("in flight", id, "x");
                leaving.expect(DELIVERY);
                leaving.cut();
                assertRefused(sender.expect(RECEIPT), "unknown_user");
                // Auth remembers for three seconds that nobody had the id.
                Eventually.holds("its id is free", () -> stored.run("GET", Keys.location(id)) == null);
                assertThat(receipt(sender, "too late", id).getString("error")).isIn("unknown_user", "unavailable");
                assertThat(stored.run("EXISTS", Keys.mailbox(id), Keys.bytes(id))
                                .toInteger())
                        .isZero();
            }
        }
    }

    @Test
    void withoutRedisAGuestOfTheSameNodeIsReached() throws IOException {
        try (RawClient sender = guest(node, eve)) {
            RawClient guest = guest(node, gus);
            guest.pingPong();
            redis.kill();
            Eventually.holds("Redis is missed", () -> receipt(sender, "probe", "nobody-" + eve)
                    .getString("error")
                    .equals("unavailable"));
            assertDelivered(sender, guest, "c1", gus);
            guest.cut();
            Eventually.holds(
                    "the guest has left",
                    () -> receipt(sender, "c2", gus).getString("error").equals("unavailable"));
        }
    }
}
