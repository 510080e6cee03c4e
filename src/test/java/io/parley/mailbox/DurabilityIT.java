package io.parley.mailbox;

import static io.parley.redis.TestLinks.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.MailboxConfig;
import io.parley.config.RedisConfig;
import io.parley.dev.RedisServer;
import io.parley.metrics.Metrics;
import io.parley.protocol.Envelope;
import io.parley.protocol.Location;
import io.parley.redis.Keys;
import io.parley.redis.LogLines;
import io.parley.redis.RedisAdmin;
import io.parley.redis.TestLinks;
import io.parley.testkit.Services;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code stored} is worth, on a master with a real replica, and on a Redis that is killed. */
@Timeout(60)
class DurabilityIT {

    private static final MailboxConfig BOUNDS = new MailboxConfig(1_000, 100_000, Duration.ofHours(1));

    private final TestLinks links = new TestLinks();
    private final RedisServer master = Services.ownRedis();
    private final RedisServer replica = Services.ownRedis();
    private final RedisAdmin atMaster = new RedisAdmin(master.config());
    private final RedisAdmin atReplica = new RedisAdmin(replica.config());

    private Mailbox mailbox;

    @BeforeEach
    void replicate() {
        atReplica.run("CONFIG", "SET", "masterauth", master.config().password());
        atReplica.run("REPLICAOF", master.config().host(), master.config().port());
        atMaster.run("SET", "first", "sync");
        assertThat(atMaster.run("WAIT", 1, 15_000).toInteger()).isEqualTo(1);
    }

    @AfterEach
    void close() throws Exception {
        mailbox.close().await();
        links.close();
        atMaster.close();
        atReplica.close();
        master.kill();
        replica.kill();
    }

    @Test
    void aReplicatedAppendIsAtTheReplicaWhenItIsAnswered() {
        open(1);

        assertThat(mailbox.route("ann", message(1)).await()).isEqualTo(new Routed(null, true));
        assertThat(mailbox.append("ann", message(2)).await().kept()).isTrue();

        assertThat(atReplica.run("ZCARD", Keys.mailbox("ann")).toInteger()).isEqualTo(2);
    }

    @Test
    void manyReplicatedAppendsInARowAllSucceed() {
        open(1);

        Future.all(IntStream.range(0, 500)
                        .mapToObj(i -> mailbox.append("ann", message(i)))
                        .toList())
                .await();

        assertThat(atReplica.run("ZCARD", Keys.mailbox("ann")).toInteger()).isEqualTo(500);
    }

    @Test
    void withoutEnoughReplicasAnAppendIsNotAcceptedAndThatIsSaidOnce() throws Exception {
        open(1);
        try (LogLines log = new LogLines(Durability.class)) {
            atReplica.freeze();

            assertUnavailable(mailbox.append("ann", message(1)));
            assertUnavailable(mailbox.append("ann", message(2)));

            atReplica.thaw();
            assertThat(mailbox.append("ann", message(1)).await().kept()).isTrue();
            assertThat(log.next()).startsWith("WARN redis replicas lacking");
            assertThat(log.next()).startsWith("INFO redis replicas enough again");
            assertThat(log.left()).isEmpty();
        }
    }

    @Test
    void whatStoresNothingAwaitsNobody() {
        open(2);
        Location home = new Location("gateway.n1-x.0", "s");
        atMaster.run("SET", Keys.location("bob"), home.text());

        assertThat(mailbox.route("bob", message(1)).await()).isEqualTo(new Routed(home, false));
    }

    @Test
    void acceptedAppendsSurviveTheSuddenDeathOfRedisWithFsyncAlways() throws Exception {
        atMaster.run("CONFIG", "SET", "appendfsync", "always");
        open(0);
        List<Envelope> sent = IntStream.range(0, 200).mapToObj(this::message).toList();
        Future.all(sent.stream().map(message -> mailbox.append("ann", message)).toList())
                .await();

        master.kill();
        master.restart();

        mailbox.close().await();
        open(0);
        assertThat(mailbox.read("ann", null, 1_000).await()).isEqualTo(sent);
    }

    private void open(int replicas) {
        RedisConfig config = TestLinks.with(master.config(), Duration.ofSeconds(2), 2_048, replicas);
        mailbox = new Mailbox(links.vertx(), links.open(config), config, BOUNDS, new Metrics().mailboxes());
        mailbox.ready().await();
    }

    private Envelope message(int i) {
        return new Envelope("%020d".formatted(i), "{}");
    }
}
