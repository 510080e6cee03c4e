package io.parley.delivery;

import static io.parley.testkit.RawClient.DELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.json.JsonCommands;
import io.parley.config.MySqlConfig;
import io.parley.config.RedisConfig;
import io.parley.protocol.Command;
import io.parley.redis.RedisAdmin;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many lanes whose sessions are gone have more to store, in one moment, than Redis may be asked for. */
@Timeout(60)
class ManyAppendsIT {

    private static final int PAIRS = 12;

    /** More than two shards may append at once, fewer for each sender than it may have unanswered. */
    private static final int MESSAGES = 120;

    @ParameterizedTest
    @ValueSource(ints = {530, 64})
    void nothingIsRefusedAsLongAsItCanWaitInItsLane(int maxWaiting) {
        MySqlConfig mysql = Services.database();
        RedisConfig redis = Services.redis();
        JsonObject few = new JsonObject().put("redis", new JsonObject().put("maxWaiting", maxWaiting));
        List<RawClient> senders = new ArrayList<>();
        try (TestNode node = TestNode.start(mysql, redis, few)) {
            List<String> ids = TestNode.fresh(2 * PAIRS);
            node.add(ids);
            for (int pair = 0; pair < PAIRS; pair++) {
                RawClient sender = RawClient.login(node.port(), ids.get(2 * pair));
                senders.add(sender);
                String recipient = ids.get(2 * pair + 1);
                // The lane knows the session from now on, also when it is gone.
                try (RawClient gone = RawClient.loginReady(node.port(), recipient)) {
                    sender.single("first", recipient, "first");
                    gone.ack(gone.expect(DELIVERY).getLong("seq"));
                    sender.expectReceipt("delivered");
                    gone.send(RawClient.LOGOUT, new JsonObject());
                    gone.expect(RawClient.BYE);
                    assertThat(gone.nextOrEnd()).isNull();
                }
            }
            try (RedisAdmin admin = new RedisAdmin(redis)) {
                admin.freeze();
                for (int pair = 0; pair < PAIRS; pair++) {
                    senders.get(pair).sendBytes(inOnePiece(ids.get(2 * pair + 1)));
                }
                // Some turns of the node's loops: by then all of it waits for Redis.
                for (int turn = 0; turn < 10; turn++) {
                    senders.forEach(RawClient::pingPong);
                }
                admin.thaw();
            }
            for (RawClient sender : senders) {
                for (int i = 0; i < MESSAGES; i++) {
                    sender.expectReceipt("stored");
                }
            }
        } finally {
            senders.forEach(RawClient::close);
        }
    }

    /** So that all of them are pushed before the first push fails. */
    private static Buffer inOnePiece(String to) {
        Buffer frames = Buffer.buffer();
        for (int i = 0; i < MESSAGES; i++) {
            frames.appendBuffer(JsonCommands.encode(new Command.Single("m" + i, to, "late")));
        }
        return frames;
    }
}
