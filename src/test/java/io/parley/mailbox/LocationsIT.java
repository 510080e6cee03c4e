package io.parley.mailbox;

import static io.parley.redis.TestLinks.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.MailboxConfig;
import io.parley.config.RedisConfig;
import io.parley.dev.RedisServer;
import io.parley.mailbox.Refreshed.State;
import io.parley.metrics.Metrics;
import io.parley.protocol.Envelope;
import io.parley.protocol.Location;
import io.parley.redis.Keys;
import io.parley.redis.LogLines;
import io.parley.redis.RedisAdmin;
import io.parley.redis.RedisLink;
import io.parley.redis.TestLinks;
import io.parley.testkit.Services;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LocationsIT {

    private static final Duration LIFE = Duration.ofSeconds(90);

    private final TestLinks links = new TestLinks();
    private final String uid = "u-" + UUID.randomUUID();
    private final Location first = new Location("gateway.n1-x.0", "first");
    private final Location second = new Location("gateway.n2-y.3", "second");
    private final RedisAdmin redis = new RedisAdmin(Services.redis());
    private RedisLink link;
    private Locations locations;

    @BeforeEach
    void open() {
        link = links.open(Services.redis());
        locations = new Locations(link, LIFE);
    }

    @AfterEach
    void close() {
        redis.close();
        links.close();
    }

    @Test
    void theFirstClaimFindsNobodyAndLivesForAWhile() {
        assertThat(locations.claim(uid, first).await()).isEqualTo(new Claimed(null, 0));

        assertThat(located()).isEqualTo(first);
        assertThat(redis.run("PTTL", Keys.location(uid)).toLong()).isBetween(LIFE.toMillis() - 5_000, LIFE.toMillis());
    }

    @Test
    void aClaimTakesTheLocationAndSaysWhoHadItAndWhatWaits() {
        locations.claim(uid, first).await();
        store(3);

        assertThat(locations.claim(uid, second).await()).isEqualTo(new Claimed(first, 3));

        assertThat(located()).isEqualTo(second);
    }

    @Test
    void aSessionIsNotItsOwnPredecessor() {
        locations.claim(uid, first).await();

        assertThat(locations.claim(uid, first).await()).isEqualTo(new Claimed(null, 0));
    }

    @Test
    void ofTwoCrossingClaimsExactlyOneFindsTheOther() {
        Locations elsewhere = new Locations(links.open(Services.redis()), LIFE);

        Future<Claimed> one = locations.claim(uid, first);
        Future<Claimed> two = elsewhere.claim(uid, second);

        Location foundByFirst = one.await().previous();
        Location foundBySecond = two.await().previous();
        assertThat(located()).isEqualTo(foundByFirst == null ? second : first);
        assertThat(foundByFirst == null ? foundBySecond : foundByFirst)
                .isEqualTo(foundByFirst == null ? first : second);
        assertThat(foundByFirst == null || foundBySecond == null).isTrue();
    }

    @Test
    void aGuestClaimsWhatIsFreeForAWhile() {
        assertThat(locations.claimFree(uid, first, null).await()).isNull();

        assertThat(located()).isEqualTo(first);
        assertThat(redis.run("PTTL", Keys.location(uid)).toLong()).isBetween(LIFE.toMillis() - 5_000, LIFE.toMillis());
        assertThat(locations.claimFree(uid, first, null).await()).isNull();
    }

    @Test
    void aGuestLeavesWhatSomebodyHasAsItIs() {
        locations.claim(uid, first).await();
        redis.run("EXPIRE", Keys.location(uid), 5);

        assertThat(locations.claimFree(uid, second, null).await()).isEqualTo(first);
        assertThat(locations
                        .claimFree(uid, second, new Location("gateway.n2-y.3", "another"))
                        .await())
                .isEqualTo(first);

        assertThat(located()).isEqualTo(first);
        assertThat(redis.run("TTL", Keys.location(uid)).toLong()).isLessThanOrEqualTo(5);
    }

    @Test
    void aGuestClaimsFromTheHolderThatIsGoneAndFromNobodyWhoCameAfterIt() {
        Location third = new Location("gateway.n3-z.1", "third");
        locations.claim(uid, first).await();

        assertThat(locations.claimFree(uid, second, first).await()).isNull();
        assertThat(locations.claimFree(uid, third, first).await()).isEqualTo(second);

        assertThat(located()).isEqualTo(second);
    }

    @Test
    void ofManyGuestsWhoClaimAtOnceOneGetsIt() {
        List<Location> guests = IntStream.range(0, 20)
                .mapToObj(i -> new Location("gateway.n1-x.0", "guest" + i))
                .toList();
        List<Future<Location>> claims = guests.stream()
                .map(guest -> new Locations(links.open(Services.redis()), LIFE).claimFree(uid, guest, null))
                .toList();
        List<Location> holders = claims.stream().map(claim -> claim.await()).toList();

        Location winner = located();
        assertThat(holders.get(guests.indexOf(winner))).isNull();
        assertThat(holders).filteredOn(holder -> holder != null).hasSize(19).containsOnly(winner);
    }

    @Test
    void releaseTakesAwayWhatIsMine() {
        locations.claim(uid, first).await();

        assertThat(locations.release(uid, first).await()).isTrue();

        assertThat(located()).isNull();
        assertThat(locations.release(uid, first).await()).isFalse();
    }

    @Test
    void releaseOfAnothersLocationDoesNothing() {
        locations.claim(uid, second).await();

        assertThat(locations.release(uid, first).await()).isFalse();

        assertThat(located()).isEqualTo(second);
    }

    @Test
    void refreshExtendsTheLifeOfMine() {
        locations.claim(uid, first).await();
        store(2);
        redis.run("EXPIRE", Keys.location(uid), 5);

        assertThat(locations.refresh(uid, first).await()).isEqualTo(new Refreshed(State.MINE, null, 2, 0));

        assertThat(redis.run("TTL", Keys.location(uid)).toLong()).isGreaterThan(5);
    }

    @Test
    void refreshSetsAnAbsentOneAgain() {
        store(1);

        assertThat(locations.refresh(uid, first).await()).isEqualTo(new Refreshed(State.ABSENT, null, 1, 0));

        assertThat(located()).isEqualTo(first);
        assertThat(redis.run("TTL", Keys.location(uid)).toLong()).isPositive();
    }

    @Test
    void refreshLeavesAnothersAsItIs() {
        locations.claim(uid, second).await();
        redis.run("EXPIRE", Keys.location(uid), 5);

        assertThat(locations.refresh(uid, first).await()).isEqualTo(new Refreshed(State.OTHERS, second, 0, 0));

        assertThat(located()).isEqualTo(second);
        assertThat(redis.run("TTL", Keys.location(uid)).toLong()).isLessThanOrEqualTo(5);
    }

    @Test
    void refreshTellsSinceWhenLoginsCount() {
        redis.run("SET", Keys.notBefore(uid), "1800000000123");
        assertThat(locations.refresh(uid, first).await())
                .isEqualTo(new Refreshed(State.ABSENT, null, 0, 1_800_000_000_123L));

        redis.run("SET", Keys.notBefore(uid), "1800000000123.9");
        assertThat(locations.refresh(uid, first).await().notBefore()).isEqualTo(1_800_000_000_123L);
    }

    /** An application may set it, and its mistake must not end sessions, or keep any from being refreshed. */
    @Test
    void aCutoffThatIsNoNumberIsNone() {
        redis.run("SET", Keys.notBefore(uid), "yesterday");
        assertThat(locations.refresh(uid, first).await().notBefore()).isZero();

        redis.run("DEL", Keys.notBefore(uid));
        redis.run("SADD", Keys.notBefore(uid), "yesterday");
        assertThat(locations.refresh(uid, first).await()).isEqualTo(new Refreshed(State.MINE, null, 0, 0));
    }

    @Test
    void aThousandSessionsAreRefreshedOnALinkWithRoomForFewer() {
        RedisConfig narrow = TestLinks.with(Services.redis(), Duration.ofSeconds(5), 300, 0);
        Locations many = new Locations(links.open(narrow), LIFE);
        Map<Location, String> sessions = new LinkedHashMap<>();
        IntStream.range(0, 1_000).forEach(i -> sessions.put(new Location("gateway.n1-x.0", "s" + i), uid + '-' + i));
        locations.claim(uid + "-7", second).await();

        Map<Location, Refreshed> answers = many.refreshAll(sessions).await();

        assertThat(answers).hasSize(1_000);
        assertThat(answers.get(new Location("gateway.n1-x.0", "s7")))
                .isEqualTo(new Refreshed(State.OTHERS, second, 0, 0));
        assertThat(answers.values().stream().filter(answer -> answer.state() == State.ABSENT))
                .hasSize(999);
    }

    @Test
    void locateFindsThoseWhoAreSomewhere() {
        locations.claim(uid, first).await();
        locations.claim(uid + "-b", second).await();

        assertThat(locations
                        .locate(List.of(uid, uid + "-none", uid + "-b", uid))
                        .await())
                .isEqualTo(Map.of(uid, first, uid + "-b", second));
        assertThat(locations.locate(List.of()).await()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's\"", "a:location", "张三", "𝒳*?[a]\\", "$(reboot)`"})
    void anyUserIdHasALocationOfItsOwn(String name) {
        String hostile = name + UUID.randomUUID();
        locations.claim(hostile, first).await();

        assertThat(locations.claim(hostile + "x", second).await().previous()).isNull();
        assertThat(locations.refresh(hostile, first).await().state()).isEqualTo(State.MINE);
        assertThat(locations.release(hostile, first).await()).isTrue();
    }

    @Test
    void aClaimThatTimedOutIsReleasedAlthoughRedisRanIt() throws Exception {
        RedisServer own = Services.ownRedis();
        RedisConfig config = TestLinks.with(own.config(), Duration.ofMillis(400), 100, 0);
        Locations here = new Locations(links.open(config), LIFE);
        try (RedisAdmin admin = new RedisAdmin(config);
                LogLines log = new LogLines(RedisLink.class)) {
            here.refresh("somebody", first).await();
            admin.freeze();
            assertUnavailable(here.claim(uid, first));
            admin.thaw();
            assertThat(log.next()).startsWith("WARN redis does not answer");
            assertThat(log.next()).startsWith("INFO redis answers again");

            // Sent after the release on the same connection, so it sees what the release left.
            assertThat(here.locate(List.of(uid)).await()).isEmpty();
            // The claim was run, when Redis woke: it counts the mailbox, as did the refresh.
            assertThat(admin.run("INFO", "commandstats").toString()).contains("cmdstat_zcard:calls=2,");
        } finally {
            own.kill();
        }
    }

    @Test
    void aRefreshDuringAnOutageAnswersForNobodyAndBreaksNothing() throws Exception {
        RedisServer own = Services.ownRedis();
        Locations here = new Locations(links.open(own.config()), LIFE);
        try (LogLines log = new LogLines(RedisLink.class)) {
            own.kill();
            assertThat(log.next()).startsWith("WARN redis does not answer");

            assertThat(here.refreshAll(Map.of(first, uid)).await()).isEmpty();
            assertUnavailable(here.locate(List.of(uid)));
            assertUnavailable(here.release(uid, first));
        } finally {
            own.kill();
        }
    }

    private Location located() {
        return locations.locate(List.of(uid)).await().get(uid);
    }

    private void store(int messages) {
        Mailbox mailbox = new Mailbox(
                links.vertx(),
                link,
                Services.redis(),
                new MailboxConfig(100, 100_000, LIFE),
                new Metrics().mailboxes());
        IntStream.range(0, messages).forEach(i -> mailbox.append(uid, new Envelope("%020d".formatted(i), "{}"))
                .await());
    }
}
