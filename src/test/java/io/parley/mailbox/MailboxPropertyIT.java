package io.parley.mailbox;

import static io.parley.testkit.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.MailboxConfig;
import io.parley.metrics.Metrics;
import io.parley.protocol.Envelope;
import io.parley.redis.Keys;
import io.parley.redis.RedisAdmin;
import io.parley.redis.RedisLink;
import io.parley.redis.TestLinks;
import io.parley.testkit.Services;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A mailbox behaves like a sorted map with two bounds. */
@Timeout(120)
class MailboxPropertyIT {

    private static final MailboxConfig BOUNDS = new MailboxConfig(12, 1_500, Duration.ofHours(1));

    @Test
    void aMailboxAfterRandomAppendsAndRemovalsIsTheSortedListAndItsBytesTheSum() {
        try (TestLinks links = new TestLinks();
                RedisAdmin redis = new RedisAdmin(Services.redis())) {
            RedisLink link = links.open(Services.redis());
            Mailbox mailbox = new Mailbox(links.vertx(), link, Services.redis(), BOUNDS, new Metrics().mailboxes());
            forAll(50, random -> run(random, mailbox, redis));
        }
    }

    private static void run(Random random, Mailbox mailbox, RedisAdmin redis) {
        String uid = "p-" + UUID.randomUUID();
        TreeMap<String, Envelope> model = new TreeMap<>();
        List<Envelope> messages = IntStream.range(0, 30)
                .mapToObj(i -> new Envelope("%020d".formatted(i), "字".repeat(random.nextInt(60))))
                .toList();
        List<Boolean> expected = new ArrayList<>();
        List<Future<Appended>> appends = new ArrayList<>();
        for (int step = 0; step < 80; step++) {
            if (random.nextInt(3) > 0) {
                Envelope message = messages.get(random.nextInt(messages.size()));
                expected.add(append(model, message));
                appends.add(mailbox.append(uid, message));
            } else {
                List<String> ids = random.ints(random.nextInt(5), 0, messages.size())
                        .mapToObj(i -> messages.get(i).id())
                        .toList();
                ids.forEach(model::remove);
                mailbox.remove(uid, ids);
            }
        }

        assertThat(appends.stream().map(append -> append.await().kept()).toList())
                .isEqualTo(expected);
        assertThat(mailbox.read(uid, null, 100).await()).containsExactlyElementsOf(model.values());
        String middle = messages.get(random.nextInt(messages.size())).id();
        assertThat(mailbox.read(uid, middle, 100).await())
                .containsExactlyElementsOf(model.tailMap(middle, false).values());
        assertThat(mailbox.size(uid).await()).isEqualTo(model.size());
        assertThat(redis.number(Keys.bytes(uid))).isEqualTo(bytes(model));
    }

    private static boolean append(TreeMap<String, Envelope> model, Envelope message) {
        boolean fits = model.size() < BOUNDS.maxMessages() && bytes(model) + bytes(message) <= BOUNDS.maxBytes();
        if (fits) {
            model.put(message.id(), message);
        }
        return model.containsKey(message.id());
    }

    private static int bytes(TreeMap<String, Envelope> model) {
        return model.values().stream().mapToInt(MailboxPropertyIT::bytes).sum();
    }

    private static int bytes(Envelope message) {
        return (message.id() + ' ' + message.json()).getBytes(StandardCharsets.UTF_8).length;
    }
}
