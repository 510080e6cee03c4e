package io.parley.guests;

import static io.parley.guests.GuestsNode.guest;
import static io.parley.guests.GuestsNode.old;
import static io.parley.guests.GuestsNode.refusedTo;
import static io.parley.testkit.RawClient.DELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.Location;
import io.parley.redis.Keys;
import io.parley.redis.RedisAdmin;
import io.parley.testkit.ClusterConf;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A guest's id is one guest's in the whole cluster. */
@Timeout(120)
class GuestsAcrossNodesIT {

    private static TestNode one;
    private static TestNode two;

    private final List<String> ids = TestNode.fresh(2);
    private final String gus = ids.get(0);
    private final String eve = ids.get(1);

    @BeforeAll
    static void start() {
        ClusterConf conf = new ClusterConf(2);
        var mysql = Services.database();
        one = TestNode.start(mysql, Services.redis(), conf.node(0).mergeIn(GuestsNode.listeners(), true));
        two = TestNode.start(mysql, Services.redis(), conf.node(1).mergeIn(GuestsNode.listeners(), true));
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    @Test
    void anIdInUseOnTheOtherNodeIsForbidden() {
        try (RawClient there = guest(two, gus)) {
            assertThat(refusedTo(one, gus)).isEqualTo("forbidden");
            there.pingPong();
        }
    }

    @Test
    void aReplacingGuestEndsTheOneOnTheOtherNode() {
        RawClient there = old(two, gus);
        RawClient here = old(one, gus);
        assertThat(there.isClosedWithin(RawClient.PATIENCE)).isTrue();
        here.close();
    }

    @Test
    void aMessageCrossesToAGuestAndIsRefusedWhenItLeaves() {
        try (RawClient sender = guest(one, eve)) {
            RawClient there = guest(two, gus);
            sender.single("c1", gus, "hello");
            there.expect(DELIVERY);
            there.ack(1);
            sender.expectReceipt("delivered");

            sender.single("c2", gus, "in flight");
            there.expect(DELIVERY);
            there.cut();
            assertThat(sender.expectReceipt("refused").getString("error")).isEqualTo("unknown_user");
        }
    }

    /** It is still connected: its session ends with its next heartbeat, and is no guest's meanwhile. */
    @Test
    void anAccountThatWasDisabledIsNotTakenForAGuest() {
        one.add(gus);
        try (RawClient disabled = RawClient.login(two.port(), gus);
                RawClient sender = guest(one, eve)) {
            TestNode.await(one.accounts().disable(gus));
            sender.single("c1", gus, "hello?");
            JsonObject receipt = sender.expectReceipt("refused");
            assertThat(receipt.getString("error")).isEqualTo("unknown_user");
            assertThat(receipt.getString("detail")).doesNotContain("disabled");
            disabled.pingPong();
        }
    }

    /** What a killed node leaves behind holds no id, nor does a session that its node does not know. */
    @Test
    void anIdWhoseHolderIsGoneIsFree() {
        try (RedisAdmin redis = new RedisAdmin(Services.redis())) {
            redis.run("SET", Keys.location(gus), new Location("gateway.killed-1.0", "gone").text());
            guest(one, gus).close();

            guest(two, eve).pingPong();
            String gateway = Location.parse(redis.run("GET", Keys.location(eve)).toString())
                    .gateway();
            redis.run("SET", Keys.location(eve), new Location(gateway, "unknown").text());
            guest(one, eve).close();
        }
    }
}
