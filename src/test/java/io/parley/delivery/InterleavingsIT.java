package io.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.MailboxConfig;
import io.parley.mailbox.Locations;
import io.parley.mailbox.Mailbox;
import io.parley.metrics.Metrics;
import io.parley.protocol.MessageIds;
import io.parley.redis.RedisLink;
import io.parley.testkit.Property;
import io.parley.testkit.Services;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Sessions, lanes and a real Redis through thousands of interleavings: two senders, a recipient who comes, goes and
 * moves between three gateways, a window of four, and one of three pushes between a shard and a gateway. At the end of
 * each run the promises 1, 3, 4 and 5 of DESIGN section 2 hold.
 *
 * <p>These are the rules that were explored as a model (DESIGN section 11); taking one away makes a run fail within
 * seconds.
 */
class InterleavingsIT {

    private static final int RUNS = 1_000;
    private static final int ACTIONS = 120;
    /** Far more than any run needs: one that does not come to rest by then never will. */
    private static final int MOST_STEPS = 20_000;

    private static Vertx vertx;
    private static RedisLink redis;
    private static Mailbox mailbox;
    private static Locations locations;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        redis = RedisLink.open(vertx, Services.redis());
        World.await(redis.ready());
        mailbox = new Mailbox(
                vertx,
                redis,
                Services.redis(),
                new MailboxConfig(10_000, 1 << 20, Duration.ofHours(1)),
                new Metrics().mailboxes());
        locations = new Locations(redis, Duration.ofHours(1));
    }

    @AfterAll
    static void close() {
        World.await(redis.close());
        World.await(vertx.close());
    }

    /** What may go wrong in a run. */
    private enum Weather {
        FAIR,
        /** Nothing is lost, but every wait may be given up too early. */
        HASTY,
        /** Bus messages and Redis' answers get lost, gateways crash, locations vanish. */
        STORMY
    }

    @Test
    void whileNothingFailsNothingIsLostOrOvertakenAndNobodyOnlineWaits() {
        Property.forAll(RUNS, random -> new Run(random, Weather.FAIR).play());
    }

    @Test
    void withFalseTimeOutsNothingReceiptedIsLostAndNobodyOnlineWaitsForAHeartbeat() {
        Property.forAll(RUNS, random -> new Run(random, Weather.HASTY).play());
    }

    @Test
    void withLostMessagesAndCrashesNothingReceiptedIsLostAndNobodyOnlineWaitsLongerThanAHeartbeat() {
        Property.forAll(RUNS, random -> new Run(random, Weather.STORMY).play());
    }

    private static final class Run {
        private final Weather weather;
        private final World world;
        private final String recipient = "r-" + UUID.randomUUID();
        private final MessageIds ids = new MessageIds(Clock.systemUTC());
        private final Map<String, SimulatedGateway> gateways = new LinkedHashMap<>();
        private final Map<String, SimulatedShard> shards = new HashMap<>();
        private final SimulatedClient client;

        Run(Random random, Weather weather) {
            this.weather = weather;
            this.world = new World(random, mailbox, locations);
            world.lossy = weather == Weather.STORMY;
            world.hasty = weather != Weather.FAIR;
            for (String address : List.of("g0", "g1", "g2")) {
                gateways.put(address, new SimulatedGateway(world, address, gateways, shards));
            }
            for (String address : List.of("c0", "c1")) {
                shards.put(address, new SimulatedShard(world, address, recipient, gateways));
            }
            this.client = new SimulatedClient(world, recipient);
        }

        void play() {
            for (int i = 0; i < ACTIONS; i++) {
                act();
                checkOneOpenSession();
            }
            world.lossy = false;
            world.hasty = false;
            comeToRest();
            check();
        }

        private void act() {
            int action = world.random.nextInt(100);
            if (action < 15) {
                SimulatedShard shard = shards.get("c" + world.random.nextInt(2));
                shard.send(ids.next());
            } else if (action < 19) {
                client.connect(aliveGateway());
            } else if (action < 21) {
                client.disconnectOne();
            } else if (action < 30) {
                client.acknowledge();
            } else if (action < 32) {
                client.heartbeat();
            } else if (weather == Weather.STORMY && action == 32 && world.chance(3)) {
                crashOne();
            } else if (weather == Weather.STORMY && action == 33 && world.chance(3)) {
                World.await(locations
                        .locate(List.of(recipient))
                        .compose(found -> found.get(recipient) == null
                                ? Future.succeededFuture()
                                : locations.release(recipient, found.get(recipient))));
            } else {
                world.step();
            }
        }

        private SimulatedGateway aliveGateway() {
            List<SimulatedGateway> alive = gateways.values().stream()
                    .filter(gateway -> !gateway.isCrashed())
                    .toList();
            return alive.get(world.random.nextInt(alive.size()));
        }

        private void crashOne() {
            long alive = gateways.values().stream()
                    .filter(gateway -> !gateway.isCrashed())
                    .count();
            if (alive > 1) {
                aliveGateway().crash();
            }
        }

        /** A client that stays connected and acknowledges, heartbeats, and every time-out that is due. */
        private void comeToRest() {
            int steps = 0;
            for (int quietRounds = 0; quietRounds < 3; ) {
                boolean moved = world.step();
                if (!moved && !client.isConnected()) {
                    client.connect(aliveGateway());
                    moved = true;
                }
                if (!moved) {
                    client.acknowledge();
                    moved = world.step() || world.fireTimer();
                }
                if (!moved) {
                    if (weather != Weather.STORMY) {
                        checkMailbox();
                    }
                    quietRounds++;
                    client.heartbeat();
                }
                assertThat(++steps).as("steps to come to rest").isLessThan(MOST_STEPS);
            }
        }

        /**
         * Promise 5; a node that was cut off or a claim whose answer got lost is found out by the next heartbeat only.
         */
        private void checkOneOpenSession() {
            if (weather == Weather.FAIR) {
                assertThat(client.openSessions()).as("open sessions").isLessThanOrEqualTo(1);
            }
        }

        /** Promise 4. */
        private void checkMailbox() {
            assertThat(World.await(mailbox.read(recipient, null, 10)))
                    .as("waits in the mailbox of somebody online")
                    .isEmpty();
        }

        private void check() {
            assertThat(client.openSessions()).as("open sessions at the end").isEqualTo(1);
            checkMailbox();
            Set<String> shown = new HashSet<>(client.shown);
            for (SimulatedShard shard : shards.values()) {
                Set<String> answered = new HashSet<>(shard.receipted);
                answered.addAll(shard.refused);
                assertThat(answered).as("messages with an answer").containsAll(shard.sent);
                assertThat(shard.everythingIsFree()).as("its windows are free").isTrue();
                assertThat(shown).as("messages shown").containsAll(shard.receipted);
                if (weather == Weather.FAIR) {
                    assertThat(shard.refused).isEmpty();
                    List<String> fromThisSender = new ArrayList<>(client.shown);
                    fromThisSender.retainAll(new HashSet<>(shard.sent));
                    assertThat(fromThisSender).as("order of one sender").isEqualTo(shard.sent);
                }
            }
        }
    }
}
