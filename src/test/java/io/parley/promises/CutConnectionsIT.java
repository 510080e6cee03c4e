package io.parley.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ParleyClient;
import io.parley.redis.Keys;
import io.parley.redis.RedisAdmin;
import io.parley.testkit.Eventually;
import io.parley.testkit.Ledger;
import io.parley.testkit.Property;
import io.parley.testkit.Proxy;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promises 1 to 4 together, as the client library keeps them for a program: tens of accounts write to each other while
 * their connections are cut, or fall silent and are then cut, at random moments.
 */
@Timeout(120)
@ExtendWith(VertxExtension.class)
class CutConnectionsIT {

    private static final int ACCOUNTS = 30;
    /** Whose connections hold, so that what they send must arrive in order whatever happens to others. */
    private static final int CALM = 8;

    private static final int MESSAGES = 6_000;
    private static final int UNANSWERED = 10;
    /** A cut after at most so many receipts. */
    private static final int QUIET = 40;

    /** One person, behind a network of their own. */
    private record Person(String id, Proxy network, ParleyClient client) {}

    private final Ledger ledger = new Ledger();
    private final Semaphore answered = new Semaphore(0);
    private final AtomicInteger unsent = new AtomicInteger(MESSAGES);
    private final List<Person> people = new ArrayList<>();
    private final Set<String> everCut = new HashSet<>();

    @Test
    void whatGotAReceiptIsShownOnceAndInOrder(Vertx vertx) {
        try (TestNode node = TestNode.start()) {
            Property.forAll(1, random -> storm(vertx, node, random));
        }
    }

    private void storm(Vertx vertx, TestNode node, Random random) throws InterruptedException {
        List<String> ids = TestNode.fresh(ACCOUNTS);
        node.add(ids);
        for (String id : ids) {
            people.add(arrive(vertx, id, node.port()));
        }
        long start = System.nanoTime();
        for (Person person : people) {
            Random choices = new Random(random.nextLong());
            for (int i = 0; i < UNANSWERED; i++) {
                keepSending(person, choices);
            }
        }
        int cuts = cutUntilAllIsAnswered(random);
        Eventually.holds("what was promised is shown", () -> ledger.missing().isEmpty());
        assertMailboxesAreEmpty(ids);
        System.out.printf(
                "cut connections: accounts=%d cuts=%d %s seconds=%.1f%n",
                ACCOUNTS, cuts, ledger, (System.nanoTime() - start) / 1e9);
        assertThat(ledger.repeats()).as("shown twice: %s", ledger).isZero();
        assertThat(ledger.disordered(everCut)).as("out of order").isEmpty();
        assertThat(ledger.promises()).as("%s", ledger).isEqualTo(MESSAGES);
        for (Person person : people) {
            TestNode.await(person.client().close());
            person.network().close();
        }
    }

    private Person arrive(Vertx vertx, String id, int port) {
        Proxy network = Proxy.to("127.0.0.1", port);
        ParleyClient client = new ParleyClient(vertx, TestNode.restless(network.port(), id))
                .onMessage(incoming -> ledger.shown(id, incoming));
        TestNode.await(client.connect());
        return new Person(id, network, client);
    }

    private void keepSending(Person from, Random choices) {
        if (unsent.getAndDecrement() > 0) {
            Person to = people.get(choices.nextInt(ACCOUNTS));
            ledger.send(from.client(), from.id(), to.id()).onComplete(answer -> {
                answered.release();
                keepSending(from, choices);
            });
        }
    }

    /** Towards the end nobody falls silent any more, as nothing would be left to happen that ends the silence. */
    private int cutUntilAllIsAnswered(Random random) throws InterruptedException {
        int cuts = 0;
        Person silent = null;
        for (int left = MESSAGES; left > 0; ) {
            int some = Math.min(left, 1 + random.nextInt(QUIET));
            assertThat(answered.tryAcquire(some, 60, TimeUnit.SECONDS))
                    .as("receipts go on coming: %s", ledger)
                    .isTrue();
            left -= some;
            if (silent != null) {
                silent.network().cut();
                silent.network().resume();
                silent = null;
            }
            Person unlucky = people.get(CALM + random.nextInt(ACCOUNTS - CALM));
            everCut.add(unlucky.id());
            cuts++;
            if (left > MESSAGES / 10 && random.nextInt(4) == 0) {
                unlucky.network().stall();
                silent = unlucky;
            } else {
                unlucky.network().cut();
            }
        }
        return cuts;
    }

    private static void assertMailboxesAreEmpty(List<String> ids) {
        try (RedisAdmin redis = new RedisAdmin(Services.redis())) {
            for (String id : ids) {
                Eventually.holds(
                        "the mailbox of " + id + " is empty",
                        () -> redis.run("ZCARD", Keys.mailbox(id)).toInteger() == 0);
            }
        }
    }
}
