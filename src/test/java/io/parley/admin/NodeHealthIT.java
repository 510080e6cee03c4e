package io.parley.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ParleyClient;
import io.parley.config.MySqlConfig;
import io.parley.config.RedisConfig;
import io.parley.testkit.ClusterConf;
import io.parley.testkit.Eventually;
import io.parley.testkit.Http;
import io.parley.testkit.Proxy;
import io.parley.testkit.Scrape;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Health of a real node, whose stores are behind a bad network. */
class NodeHealthIT {

    @Test
    void aNodeWithItsStoresIsReadyAndSaysSoInNamesOnly() {
        try (TestNode node = TestNode.start()) {
            var answer = Http.get(node.httpPort(), "/health/ready");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(new JsonObject(answer.body()))
                    .isEqualTo(new JsonObject()
                            .put("status", "up")
                            .put(
                                    "checks",
                                    new JsonObject()
                                            .put("listeners", "up")
                                            .put("mysql", "up")
                                            .put("redis", "up")
                                            .put("certificate", "up")
                                            .put("draining", "up")));
            assertThat(Http.get(node.httpPort(), "/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void inAClusterItIsReadyWhenTheOthersReachIt() {
        try (TestNode node = TestNode.start(Services.database(), Services.redis(), new ClusterConf(1).node(0))) {
            assertThat(check(node, "cluster")).isEqualTo("up");
            assertThat(Http.get(node.httpPort(), "/health/ready").statusCode()).isEqualTo(200);
            assertThat(Scrape.of(node.httpPort()).value("parley_check_up{check=\"cluster\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aRedisThatIsGoneOrSilentMakesANodeNotReadyUntilItIsBack() {
        RedisConfig redis = Services.redis();
        try (Proxy proxy = Proxy.to(redis.host(), redis.port());
                TestNode node = TestNode.start(Services.database(), through(redis, proxy), new JsonObject())) {
            goesAndComesBack(node, proxy, "redis", "mysql");
        }
    }

    @Test
    void aMySqlThatIsGoneOrSilentMakesANodeNotReadyUntilItIsBack() {
        MySqlConfig mysql = Services.database();
        try (Proxy proxy = Proxy.to(mysql.host(), mysql.port());
                TestNode node = TestNode.start(through(mysql, proxy), Services.redis(), new JsonObject())) {
            goesAndComesBack(node, proxy, "mysql", "redis");
        }
    }

    private static void goesAndComesBack(TestNode node, Proxy proxy, String store, String other) {
        for (Consumer<Proxy> outage : List.<Consumer<Proxy>>of(NodeHealthIT::stop, Proxy::stall)) {
            assertThat(check(node, store)).isEqualTo("up");
            outage.accept(proxy);
            Eventually.holds(store + " is down", () -> check(node, store).equals("down"));
            assertThat(Http.get(node.httpPort(), "/health/ready").statusCode()).isEqualTo(503);
            assertThat(check(node, other)).isEqualTo("up");
            assertThat(Http.get(node.httpPort(), "/health/live").statusCode()).isEqualTo(200);
            assertThat(Http.get(node.httpPort(), "/metrics").body())
                    .contains("parley_check_up{check=\"" + store + "\"} 0.0\n");
            proxy.resume();
            Eventually.holds(
                    store + " is up again",
                    () -> Http.get(node.httpPort(), "/health/ready").statusCode() == 200);
        }
    }

    private static void stop(Proxy proxy) {
        proxy.refuse();
        proxy.cut();
    }

    private static String check(TestNode node, String name) {
        return Http.ready(node.httpPort()).getJsonObject("checks").getString(name);
    }

    /** Redis is silent meanwhile, so that the stop takes as long as a look at it. */
    @Test
    void aNodeThatStopsIsNotReadyBeforeItHasStopped() throws InterruptedException {
        RedisConfig redis = Services.redis();
        Vertx vertx = Vertx.vertx();
        try (Proxy proxy = Proxy.to(redis.host(), redis.port())) {
            TestNode node = TestNode.start(Services.database(), through(redis, proxy), new JsonObject());
            String ann = TestNode.fresh(1).get(0);
            node.add(ann);
            TestNode.await(new ParleyClient(vertx, TestNode.options(node.port(), ann)).connect());
            proxy.stall();
            Thread stop = new Thread(node::close, "stop");
            stop.start();
            Eventually.holds("draining is told", () -> check(node, "draining").equals("down"));
            proxy.resume();
            stop.join();
        } finally {
            TestNode.await(vertx.close());
        }
    }

    private static RedisConfig through(RedisConfig redis, Proxy proxy) {
        return new RedisConfig(
                "127.0.0.1",
                proxy.port(),
                redis.user(),
                redis.password(),
                redis.tls(),
                redis.ca(),
                redis.commandTimeout(),
                redis.maxWaiting(),
                redis.replicas());
    }

    private static MySqlConfig through(MySqlConfig mysql, Proxy proxy) {
        return new MySqlConfig(
                "127.0.0.1",
                proxy.port(),
                mysql.database(),
                mysql.user(),
                mysql.password(),
                mysql.tls(),
                mysql.ca(),
                mysql.poolSize(),
                mysql.waitQueue(),
                mysql.queryTimeout());
    }
}
