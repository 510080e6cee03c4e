package io.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.auth.LoadAccounts;
import io.parley.client.ClientOptions.Server;
import io.parley.config.MySqlConfig;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of load, small and short, on a real node: what it counts, not how fast it is. */
@Timeout(120)
class BenchIT {

    private static final int CONNECTIONS = 6;

    private static final String PASSWORD = "of the load";

    private static Vertx vertx;
    private static TestNode node;
    private static List<Account> accounts;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        MySqlConfig mysql = Services.database();
        node = TestNode.start(mysql, Services.redis(), new JsonObject());
        List<String> ids = TestNode.fresh(CONNECTIONS);
        List<String> tokens =
                TestNode.await(LoadAccounts.prepare(vertx, node.config().auth(), mysql, ids, PASSWORD));
        accounts = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> new Account(ids.get(i), tokens.get(i)))
                .toList();
    }

    @AfterAll
    static void stop() {
        node.close();
        TestNode.await(vertx.close());
    }

    private static Report run(Scenario.Kind kind, int rate) {
        return run(kind, rate, Load.Journals.NONE, null);
    }

    private static Report run(Scenario.Kind kind, int rate, Load.Journals journals, String password) {
        return run(kind, new Load.Traffic(4, 100, rate, 20, 2), journals, password, node.httpPort());
    }

    private static Report run(
            Scenario.Kind kind, Load.Traffic traffic, Load.Journals journals, String password, int httpPort) {
        Load load = new Load(
                new Load.Where(
                        List.of(new Server("localhost", node.port())),
                        TestNode.ca(),
                        List.of("127.0.0.1", "127.0.0.2"),
                        List.of(URI.create("http://127.0.0.1:" + httpPort + "/metrics"))),
                new Load.Who(CONNECTIONS, accounts, password),
                traffic,
                new Load.Times(Duration.ofMillis(200), Duration.ofSeconds(1)),
                journals);
        Promise<Report> report = Promise.promise();
        vertx.runOnContext(onLoop -> kind.on(vertx, load).run().onComplete(report));
        return TestNode.await(report.future());
    }

    @ParameterizedTest
    @EnumSource(Scenario.Kind.class)
    void aHealthyNodeLosesNothing(Scenario.Kind kind) {
        Report report = run(kind, 0);
        assertThat(report.clean()).as(report.table()).isTrue();
        assertThat(report.scenario()).isEqualTo(kind.name());
        switch (kind) {
            case direct -> assertThat(number(report, "arrived")).isPositive().isEqualTo(number(report, "sent"));
            case fanout ->
                assertThat(number(report, "heard")).isPositive().isEqualTo(number(report, "said") * (CONNECTIONS - 1));
            case offline -> assertThat(number(report, "arrived")).isEqualTo(CONNECTIONS / 2 * 20);
            case idle -> assertThat(number(report, "connections")).isEqualTo(CONNECTIONS);
            case login -> assertThat(number(report, "logins")).isPositive();
        }
        assertThat(report.figures().keySet()).anyMatch(name -> name.startsWith("node_cpu"));
    }

    @Test
    void aPacedLoadReachesItsRateAndSaysWhatItCouldNotSend() {
        Report report = run(Scenario.Kind.direct, 200);
        assertThat(report.clean()).as(report.table()).isTrue();
        assertThat(number(report, "sent")).isBetween(300L, 600L);
        assertThat(number(report, "unsent")).isLessThan(10);
        assertThat(number(report, "load_cpu_us_a_message")).isPositive();
        assertThat(number(report, "latency_p99_us")).isPositive();
        assertThat(number(report, "latency_p99_9_us"))
                .isBetween(number(report, "latency_p99_us"), number(report, "latency_max_us"));
        assertThat(number(report, "load_gc_ms")).isNotNegative();
    }

    @ParameterizedTest
    @EnumSource(Scenario.Kind.class)
    void aPageThatCannotBeReadIsToldBeforeThereIsLoad(Scenario.Kind kind) {
        Load.Traffic traffic = new Load.Traffic(4, 100, 0, 20, 2);
        assertThatThrownBy(() -> run(kind, traffic, Load.Journals.NONE, null, 1))
                .hasMessageContaining("cannot read http://127.0.0.1:1/metrics: ");
    }

    @Test
    void whatOneRunStoredAnotherReceives(@TempDir Path directory) {
        Path journal = directory.resolve("journal");
        Report stored = run(Scenario.Kind.offline, 0, new Load.Journals(journal, null), null);
        assertThat(stored.clean()).as(stored.table()).isTrue();
        assertThat(number(stored, "stored")).isEqualTo(CONNECTIONS / 2 * 20);
        Report replayed = run(Scenario.Kind.offline, 0, new Load.Journals(null, journal), null);
        assertThat(replayed.clean()).as(replayed.table()).isTrue();
        assertThat(number(replayed, "arrived")).isEqualTo(CONNECTIONS / 2 * 20);
        Report nothingLeft = run(Scenario.Kind.offline, 0);
        assertThat(number(nothingLeft, "of_other_runs")).isZero();
    }

    @Test
    void loginsCanCostAPassword() {
        Report report = run(Scenario.Kind.login, 0, Load.Journals.NONE, PASSWORD);
        assertThat(report.clean()).as(report.table()).isTrue();
        assertThat(number(report, "logins")).isPositive();
    }

    private static long number(Report report, String figure) {
        return ((Number) report.figures().get(figure)).longValue();
    }
}
