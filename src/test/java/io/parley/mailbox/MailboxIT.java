package io.parley.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.MailboxConfig;
import io.parley.metrics.Metrics;
import io.parley.protocol.Envelope;
import io.parley.protocol.Location;
import io.parley.protocol.MessageIds;
import io.parley.redis.Keys;
import io.parley.redis.RedisAdmin;
import io.parley.redis.RedisLink;
import io.parley.redis.TestLinks;
import io.parley.testkit.Services;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MailboxIT {

    private static final Duration EXPIRY = Duration.ofDays(30);
    private static final Location HOME = new Location("gateway.n1-x.0", "session-1");

    private final TestLinks links = new TestLinks();
    private final MessageIds ids = new MessageIds(Clock.systemUTC());
    private final String uid = "u-" + UUID.randomUUID();
    private final RedisAdmin redis = new RedisAdmin(Services.redis());
    private RedisLink link;
    private Mailbox mailbox;

    @BeforeEach
    void open() {
        link = links.open(Services.redis());
        mailbox = mailbox(1_000, 100_000);
    }

    @AfterEach
    void close() {
        redis.close();
        links.close();
    }

    @Test
    void routeKeepsForWhomIsNowhere() {
        Envelope message = message("hello");

        assertThat(mailbox.route(uid, message).await()).isEqualTo(new Routed(null, true));

        assertThat(all()).containsExactly(message);
        assertBytesExact();
    }

    @Test
    void routeKeepsNothingForWhomIsSomewhere() {
        locate(HOME);

        assertThat(mailbox.route(uid, message("hello")).await()).isEqualTo(new Routed(HOME, false));

        assertThat(all()).isEmpty();
        assertBytesExact();
    }

    @Test
    void routeToAFullMailboxIsAValue() {
        mailbox = mailbox(1, 100_000);
        mailbox.route(uid, message("first")).await();

        assertThat(mailbox.route(uid, message("second")).await().isFull()).isTrue();
    }

    @Test
    void appendKeepsAndAnswersWithTheLocation() {
        locate(HOME);
        Envelope message = message("hello");

        assertThat(mailbox.append(uid, message).await()).isEqualTo(new Appended(true, HOME));

        assertThat(all()).containsExactly(message);
    }

    @Test
    void appendingTwiceIsHarmless() {
        Envelope message = message("hello");
        mailbox.append(uid, message).await();

        assertThat(mailbox.append(uid, message).await().kept()).isTrue();

        assertThat(all()).containsExactly(message);
        assertBytesExact();
    }

    @Test
    void aMailboxFullByCountKeepsOnlyWhatItHasAndStillTellsTheLocation() {
        mailbox = mailbox(1, 100_000);
        locate(HOME);
        Envelope first = message("first");
        mailbox.append(uid, first).await();

        assertThat(mailbox.append(uid, message("second")).await()).isEqualTo(new Appended(false, HOME));
        assertThat(mailbox.append(uid, first).await()).isEqualTo(new Appended(true, HOME));

        assertThat(all()).containsExactly(first);
        assertBytesExact();
    }

    @Test
    void theBoundInBytesIsExactAndCountsBytesNotCharacters() {
        Envelope first = message("字");
        Envelope second = message("字");
        int size = bytes(first) + bytes(second);

        mailbox = mailbox(10, size - 1);
        assertThat(mailbox.append(uid, first).await().kept()).isTrue();
        assertThat(mailbox.append(uid, second).await().kept()).isFalse();
        mailbox = mailbox(10, size);
        assertThat(mailbox.append(uid, second).await().kept()).isTrue();
        assertBytesExact();
    }

    @Test
    void removeDeletesExactlyTheIdsGiven() {
        List<Envelope> sent = Stream.of("a", "b", "c", "d").map(this::message).toList();
        sent.forEach(message -> mailbox.append(uid, message));

        mailbox.remove(uid, List.of(sent.get(3).id(), ids.next(), sent.get(1).id()))
                .await();

        assertThat(all()).containsExactly(sent.get(0), sent.get(2));
        assertBytesExact();
    }

    @Test
    void removingTheLastTakesTheBytesWithIt() {
        Envelope message = message("a");
        mailbox.append(uid, message).await();

        mailbox.remove(uid, List.of(message.id())).await();

        assertThat(redis.run("EXISTS", Keys.mailbox(uid), Keys.bytes(uid)).toInteger())
                .isZero();
    }

    @Test
    void removingNothingFromNobodyIsNoError() {
        mailbox.remove(uid, List.of(ids.next())).await();
        mailbox.remove(uid, List.of()).await();

        assertThat(mailbox.size(uid).await()).isZero();
    }

    @Test
    void whatWasRemovedCanBeAppendedAgain() {
        Envelope message = message("a");

        mailbox.append(uid, message);
        mailbox.remove(uid, List.of(message.id()));
        mailbox.append(uid, message).await();

        assertThat(all()).containsExactly(message);
        assertBytesExact();
    }

    @Test
    void pagesFollowEachOtherInTheOrderOfIdsWhateverTheOrderOfAppends() {
        List<Envelope> sent = new ArrayList<>(
                Stream.of("a", "b", "c", "d", "e").map(this::message).toList());
        List<Envelope> sorted = List.copyOf(sent);
        Collections.reverse(sent);
        sent.forEach(message -> mailbox.append(uid, message));

        assertThat(mailbox.read(uid, null, 2).await()).isEqualTo(sorted.subList(0, 2));
        assertThat(mailbox.read(uid, sorted.get(1).id(), 2).await()).isEqualTo(sorted.subList(2, 4));
        assertThat(mailbox.read(uid, sorted.get(3).id(), 2).await()).isEqualTo(sorted.subList(4, 5));
        assertThat(mailbox.read(uid, sorted.get(4).id(), 2).await()).isEmpty();
    }

    @Test
    void aPageMayBeginAfterAMessageThatIsGone() {
        List<Envelope> sent = Stream.of("a", "b", "c").map(this::message).toList();
        sent.forEach(message -> mailbox.append(uid, message));
        mailbox.remove(uid, List.of(sent.get(1).id()));

        assertThat(mailbox.read(uid, sent.get(1).id(), 10).await()).containsExactly(sent.get(2));
    }

    @Test
    void anIdThatBeginsLikeAnotherIsAnother() {
        Envelope shorter = new Envelope("abc", "{}");
        Envelope longer = new Envelope("abcd", "{}");
        Envelope withSameJson = new Envelope("ab", "{} abc {}");
        Stream.of(longer, shorter, withSameJson).forEach(message -> mailbox.append(uid, message));

        assertThat(mailbox.read(uid, "abc", 10).await()).containsExactly(longer);
        mailbox.remove(uid, List.of("abc")).await();

        assertThat(all()).containsExactly(withSameJson, longer);
        assertBytesExact();
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's\"", "a:mailbox", "张三", "𝒳*?[a]\\", "$(reboot)`", "-1"})
    void anyUserIdHasAMailboxOfItsOwn(String name) {
        String hostile = name + UUID.randomUUID();
        Envelope message = message("\"quoted\" \\ 你好 \u0001");

        mailbox.append(hostile, message).await();
        mailbox.append(hostile + "x", message("not yours")).await();

        assertThat(mailbox.read(hostile, null, 10).await()).containsExactly(message);
    }

    @Test
    void aMessageOfAMegabyteComesBackAsItWent() {
        mailbox = mailbox(10, 4_000_000);
        Envelope message = message("x字\r\n\0".repeat(1_000_000 / 7));

        mailbox.append(uid, message).await();

        assertThat(all()).containsExactly(message);
        assertBytesExact();
    }

    @Test
    void eachAppendRenewsTheExpiryOfMailboxAndBytesAlike() {
        Envelope message = message("a");
        mailbox.append(uid, message).await();
        redis.run("EXPIRE", Keys.mailbox(uid), 1_000);
        redis.run("EXPIRE", Keys.bytes(uid), 1_000);

        mailbox.append(uid, message("b")).await();

        long left = redis.run("PTTL", Keys.mailbox(uid)).toLong();
        assertThat(left).isBetween(EXPIRY.minusMinutes(1).toMillis(), EXPIRY.toMillis());
        assertThat(redis.run("PTTL", Keys.bytes(uid)).toLong()).isBetween(left - 1_000, left);
    }

    @Test
    void removalLeavesTheExpiryAsItIs() {
        Envelope message = message("a");
        mailbox.append(uid, message);
        mailbox.append(uid, message("b")).await();
        redis.run("EXPIRE", Keys.mailbox(uid), 1_000);
        redis.run("EXPIRE", Keys.bytes(uid), 1_000);

        mailbox.remove(uid, List.of(message.id())).await();

        assertThat(redis.run("TTL", Keys.mailbox(uid)).toLong()).isBetween(900L, 1_000L);
        assertThat(redis.run("TTL", Keys.bytes(uid)).toLong()).isBetween(900L, 1_000L);
    }

    @Test
    void anExpiredMailboxIsEmptyAndItsBytesAreGoneToo() throws InterruptedException {
        mailbox = new Mailbox(
                links.vertx(),
                link,
                Services.redis(),
                new MailboxConfig(1, 100_000, Duration.ofSeconds(1)),
                new Metrics().mailboxes());
        mailbox.append(uid, message("a")).await();

        while (redis.run("EXISTS", Keys.mailbox(uid), Keys.bytes(uid)).toInteger() > 0) {
            Thread.onSpinWait();
        }

        assertThat(mailbox.append(uid, message("b")).await().kept()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "nonsense", "1"})
    void lostOrWrongBytesHealWithTheNextAppendOrRemoval(String wrong) {
        Envelope first = message("first");
        mailbox.append(uid, first);
        mailbox.append(uid, message("second")).await();

        spoilBytes(wrong);
        mailbox.append(uid, message("third")).await();
        assertBytesExact();

        spoilBytes(wrong);
        mailbox.remove(uid, List.of(first.id())).await();
        assertBytesExact();
        assertThat(redis.run("TTL", Keys.bytes(uid)).toLong()).isPositive();
    }

    @Test
    void bytesThatOutlivedTheirMailboxDoNotCount() {
        mailbox = mailbox(10, 1_000);
        redis.run("SET", Keys.bytes(uid), 1_000);

        assertThat(mailbox.append(uid, message("a")).await().kept()).isTrue();

        assertBytesExact();
    }

    @Test
    void appendsIssuedInARowExecuteInThatOrder() {
        mailbox = mailbox(50, 100_000);

        List<Future<Appended>> appends = Stream.generate(() -> message("x"))
                .limit(100)
                .map(message -> mailbox.append(uid, message))
                .toList();

        // The first fifty found room; in any other order some of the later ones would have.
        assertThat(appends.stream().map(append -> append.await().kept()).toList())
                .isEqualTo(
                        Stream.concat(Collections.nCopies(50, true).stream(), Collections.nCopies(50, false).stream())
                                .toList());
    }

    @Test
    void scriptsAreFoundAgainAfterTheyWereFlushed() {
        mailbox.append(uid, message("a")).await();
        redis.run("SCRIPT", "FLUSH");

        mailbox.append(uid, message("b"));
        mailbox.append(uid, message("c")).await();

        assertThat(all()).extracting(Envelope::json).containsExactly(json("a"), json("b"), json("c"));
    }

    private Mailbox mailbox(int maxMessages, long maxBytes) {
        return new Mailbox(
                links.vertx(),
                link,
                Services.redis(),
                new MailboxConfig(maxMessages, maxBytes, EXPIRY),
                new Metrics().mailboxes());
    }

    private Envelope message(String text) {
        return new Envelope(ids.next(), json(text));
    }

    private static String json(String text) {
        return "{\"chat_content\":\"" + text + "\"}";
    }

    private List<Envelope> all() {
        return mailbox.read(uid, null, 1_000).await();
    }

    private void locate(Location location) {
        redis.run("SET", Keys.location(uid), location.text());
    }

    private void spoilBytes(String wrong) {
        if (wrong.isEmpty()) {
            redis.run("DEL", Keys.bytes(uid));
        } else {
            redis.run("SET", Keys.bytes(uid), wrong);
        }
    }

    private void assertBytesExact() {
        int sum = all().stream().mapToInt(MailboxIT::bytes).sum();
        assertThat(redis.number(Keys.bytes(uid))).isEqualTo(sum);
    }

    private static int bytes(Envelope message) {
        return (message.id() + ' ' + message.json()).getBytes(StandardCharsets.UTF_8).length;
    }
}
