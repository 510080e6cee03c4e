package io.parley.metrics;

import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ParleyClient;
import io.parley.protocol.Receipt;
import io.parley.testkit.Eventually;
import io.parley.testkit.Http;
import io.parley.testkit.RawClient;
import io.parley.testkit.Scrape;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Numbers move as a conversation happens. One test after another: all look at one node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CountersIT {

    private Vertx vertx;
    private TestNode node;

    @BeforeAll
    void start() {
        vertx = Vertx.vertx();
        node = TestNode.start();
    }

    @AfterAll
    void stop() {
        node.close();
        await(vertx.close());
    }

    /** Waits until all samples have these values; an answer is a second old at most. */
    private void become(Map<String, Double> expected) {
        Eventually.holds(() -> expected + " but " + values(expected.keySet()), () -> values(expected.keySet())
                .equals(expected));
    }

    private Map<String, Double> values(Set<String> names) {
        Scrape scrape = Scrape.of(node.httpPort());
        return names.stream().collect(Collectors.toMap(name -> name, scrape::value));
    }

    /** The samples of before, changed. */
    private static Map<String, Double> plus(Scrape before, Map<String, Integer> changes) {
        return changes.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> before.value(each.getKey()) + each.getValue()));
    }

    private double now(String sample) {
        return Scrape.of(node.httpPort()).value(sample);
    }

    private ParleyClient client(String user) {
        ParleyClient client = new ParleyClient(vertx, TestNode.options(node.port(), user));
        await(client.connect());
        return client;
    }

    @Test
    void aConversationIsCountedAsItHappens() {
        List<String> users = TestNode.fresh(3);
        node.add(users);
        Scrape before = fresh();
        ParleyClient ann = client(users.get(0));
        RawClient bob = RawClient.login(node.port(), users.get(1));
        become(plus(
                before,
                Map.of(
                        "parley_sessions_open{listener=\"json\"}",
                        2,
                        "parley_sessions_verified",
                        2,
                        "parley_logins_total",
                        2)));

        var delivered = ann.send(users.get(1), "to one who is here");
        JsonObject delivery = bob.expect(RawClient.DELIVERY);
        become(plus(before, Map.of("parley_deliveries_in_flight", 1, "parley_pushes_in_flight", 1, "parley_lanes", 1)));
        bob.ack(Long.parseLong(delivery.getValue("seq").toString()));
        assertThat(await(delivered).status()).isEqualTo(Receipt.Status.DELIVERED);
        assertThat(await(ann.send(users.get(2), "to one who is not")).status()).isEqualTo(Receipt.Status.STORED);
        assertThat(await(ann.send("nobody-" + users.get(2), "to nobody")).status())
                .isEqualTo(Receipt.Status.REFUSED);
        become(plus(
                before,
                Map.ofEntries(
                        Map.entry("parley_messages_accepted_total", 3),
                        Map.entry("parley_messages_delivered_total", 1),
                        Map.entry("parley_messages_stored_total", 1),
                        Map.entry("parley_messages_refused_total{error=\"unknown_user\"}", 1),
                        Map.entry("parley_messages_refused_total{error=\"unavailable\"}", 0),
                        Map.entry("parley_receipt_seconds_count{status=\"delivered\"}", 1),
                        Map.entry("parley_receipt_seconds_count{status=\"stored\"}", 1),
                        Map.entry("parley_receipt_seconds_bucket{status=\"stored\",le=\"30.0\"}", 1),
                        Map.entry("parley_deliveries_total{replayed=\"false\"}", 1),
                        Map.entry("parley_deliveries_total{replayed=\"true\"}", 0),
                        Map.entry("parley_mailbox_appended_total", 1),
                        Map.entry("parley_mailbox_failures_total", 0),
                        Map.entry("parley_pushes_failed_total{reason=\"no_answer\"}", 0),
                        Map.entry("parley_deliveries_in_flight", 0),
                        Map.entry("parley_pushes_in_flight", 0))));

        double pages = now("parley_mailbox_pages_total");
        RawClient cem = RawClient.login(node.port(), users.get(2));
        cem.ack(Long.parseLong(cem.expect(RawClient.DELIVERY).getValue("seq").toString()));
        become(plus(
                before, Map.of("parley_deliveries_total{replayed=\"true\"}", 1, "parley_mailbox_removed_total", 1)));
        assertThat(now("parley_mailbox_pages_total")).isGreaterThan(pages);
        ann.close();
        bob.close();
        cem.close();
        become(plus(before, Map.of("parley_sessions_open{listener=\"json\"}", 0, "parley_sessions_verified", 0)));
    }

    /** One that nobody has looked at yet, for the answer is kept a second; and without sessions of an earlier test. */
    private Scrape fresh() {
        double uptime = now("process_uptime_seconds");
        AtomicReference<Scrape> latest = new AtomicReference<>();
        Eventually.holds("there is a newer one, of a node without sessions", () -> {
            latest.set(Scrape.of(node.httpPort()));
            return latest.get().value("process_uptime_seconds") > uptime
                    && latest.get().value("parley_sessions_verified") == 0
                    && latest.get().value("parley_sessions_open{listener=\"json\"}") == 0;
        });
        return latest.get();
    }

    @Test
    void refusalsAreCountedByTheirReason() {
        String ann = TestNode.fresh(1).get(0);
        node.add(ann);
        Scrape before = fresh();
        try (RawClient client = RawClient.connect(node.port())) {
            client.single("1", ann, "x");
            client.expect(RawClient.ERROR);
            client.verify(ann, "wrong");
            client.expect(RawClient.VERIFIED);
            String notVerified = "parley_commands_refused_total{error=\"not_verified\"}";
            String badCredentials = "parley_logins_refused_total{error=\"bad_credentials\"}";
            become(plus(before, Map.of(notVerified, 1, badCredentials, 1)));
        }
    }

    @Test
    void theJvmAndTheLoopsAreLookedAt() {
        String ann = TestNode.fresh(1).get(0);
        node.add(ann);
        client(ann).close();
        Scrape first = fresh();
        double cpu = first.value("process_cpu_seconds_total");
        assertThat(cpu).isPositive();
        Eventually.holds("CPU time is used", () -> now("process_cpu_seconds_total") > cpu);
        double beats = first.value("parley_event_loop_lag_seconds_count{loop=\"0\"}");
        Eventually.holds(
                "the loop's pulse is felt", () -> now("parley_event_loop_lag_seconds_count{loop=\"0\"}") > beats);
        assertThat(first.value("parley_certificate_days_left")).isBetween(1.0, 10_000.0);
        assertThat(first.samples().keySet())
                .anyMatch(name -> name.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .anyMatch(name -> name.startsWith("vertx_net_server_active_connections"))
                .anyMatch(name -> name.startsWith("vertx_pool_"));
    }

    /** Whoever can reach the port may read this, so it must hold nothing of accounts, and not grow with them. */
    @Test
    void thereAreNoMoreSeriesForMoreUsersOrVisitorsAndNoneNamesThem() {
        List<String> users = TestNode.fresh(40);
        node.add(users);
        client(users.get(0)).close();
        Http.ask(node.httpPort(), "METHOD0", "/path0", "");
        int series = fresh().samples().size();
        for (int i = 1; i < users.size(); i++) {
            ParleyClient client = client(users.get(i));
            await(client.send(users.get(i - 1), "secret-content"));
            client.close();
            Http.ask(node.httpPort(), "METHOD" + i, "/path" + i, "");
        }
        Scrape after = fresh();
        assertThat(after.samples()).hasSizeLessThan(series + 20);
        String page = Http.get(node.httpPort(), "/metrics").body();
        assertThat(page).doesNotContain("secret-content", TestNode.PASSWORD, "METHOD", "path1", "127.0.0.1");
        users.forEach(user -> assertThat(page).doesNotContain(user));
    }
}
