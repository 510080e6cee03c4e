package io.parley.cluster;

import static io.parley.testkit.RawClient.BYE;
import static io.parley.testkit.RawClient.DELIVERY;
import static io.parley.testkit.RawClient.RECEIPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.MySqlConfig;
import io.parley.config.RedisConfig;
import io.parley.testkit.ClusterConf;
import io.parley.testkit.RawClient;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes behave as one. */
@Timeout(120)
class ClusterIT {

    private static TestNode one;
    private static TestNode two;

    private final List<String> ids = TestNode.fresh(2);
    private final String ann = ids.get(0);
    private final String bob = ids.get(1);

    @BeforeAll
    static void start() {
        MySqlConfig mysql = Services.database();
        RedisConfig redis = Services.redis();
        ClusterConf conf = new ClusterConf(2);
        one = TestNode.start(mysql, redis, conf.node(0));
        two = TestNode.start(mysql, redis, conf.node(1));
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    @BeforeEach
    void addAccounts() {
        one.add(ids);
    }

    @Test
    void aMessageCrossesAndItsReceiptComesBack() {
        try (RawClient annAtOne = RawClient.login(one.port(), ann);
                RawClient bobAtTwo = RawClient.login(two.port(), bob)) {
            annAtOne.single("c1", bob, "你好");
            assertThat(bobAtTwo.expect(DELIVERY).getString("chat_content")).isEqualTo("你好");
            bobAtTwo.ack(1);
            assertThat(annAtOne.expect(RECEIPT).getString("status")).isEqualTo("delivered");
        }
    }

    @Test
    void aLoginElsewhereEndsTheOlderSessionAndGetsWhatItHadNotAcknowledged() {
        try (RawClient annAtOne = RawClient.login(one.port(), ann);
                RawClient bobAtTwo = RawClient.login(two.port(), bob)) {
            annAtOne.single("c1", bob, "first");
            bobAtTwo.expect(DELIVERY);
            try (RawClient bobAtOne = RawClient.login(one.port(), bob)) {
                assertThat(bobAtTwo.expect(BYE).getString("reason")).isEqualTo("kicked");
                assertThat(bobAtOne.expect(DELIVERY).getString("chat_content")).isEqualTo("first");
                assertThat(annAtOne.expect(RECEIPT).getString("status")).isEqualTo("stored");
            }
        }
    }
}
