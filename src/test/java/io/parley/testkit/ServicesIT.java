package io.parley.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.MySqlConfig;
import io.parley.config.RedisConfig;
import io.parley.dev.MariaDbServer;
import io.parley.dev.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ServicesIT {

    @Test
    void redisAnswersWithItsPassword(Vertx vertx) throws Exception {
        assertThat(redis(vertx, Services.redis(), "PING")).isEqualTo("PONG");
    }

    @Test
    void eachCallGivesAnotherEmptyDatabase(Vertx vertx) throws Exception {
        MySqlConfig first = Services.database();
        MySqlConfig second = Services.database();
        sql(vertx, first, "CREATE TABLE t (name VARCHAR(20))");
        sql(vertx, second, "CREATE TABLE t (name VARCHAR(20))");
        sql(vertx, first, "INSERT INTO t VALUES ('张三')");
        assertThat(sql(vertx, first, "SELECT name FROM t")).isEqualTo("张三");
        assertThat(sql(vertx, second, "SELECT COUNT(*) FROM t")).isEqualTo("0");
    }

    @Test
    void aKilledRedisKeepsWhatItAcknowledged(Vertx vertx) throws Exception {
        RedisServer server = Services.ownRedis();
        redis(vertx, server.config(), "SET", "word", "kept");
        server.kill();
        server.restart();
        assertThat(redis(vertx, server.config(), "GET", "word")).isEqualTo("kept");
        server.stop();
    }

    @Test
    void aKilledMariaDbKeepsWhatItCommitted(Vertx vertx) throws Exception {
        MariaDbServer server = Services.ownMariaDb();
        sql(vertx, server.config(), "CREATE TABLE t (name VARCHAR(20))");
        sql(vertx, server.config(), "INSERT INTO t VALUES ('kept')");
        server.kill();
        server.restart();
        assertThat(sql(vertx, server.config(), "SELECT name FROM t")).isEqualTo("kept");
        server.stop();
    }

    private static String redis(Vertx vertx, RedisConfig config, String command, String... arguments) throws Exception {
        RedisOptions options = new RedisOptions()
                .setConnectionString("redis://" + config.host() + ":" + config.port())
                .setPassword(config.password());
        Request request = Request.cmd(Command.create(command));
        for (String argument : arguments) {
            request.arg(argument);
        }
        Redis client = Redis.createClient(vertx, options);
        return client.send(request)
                .map(String::valueOf)
                .eventually(client::close)
                .await(10, SECONDS);
    }

    private static String sql(Vertx vertx, MySqlConfig config, String sql) throws Exception {
        MySQLConnectOptions options = new MySQLConnectOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setDatabase(config.database())
                .setUser(config.user())
                .setPassword(config.password());
        return MySQLConnection.connect(vertx, options)
                .compose(connection -> connection
                        .query(sql)
                        .execute()
                        .map(rows -> rows.size() == 0
                                ? ""
                                : rows.iterator().next().getValue(0).toString())
                        .eventually(connection::close))
                .await(10, SECONDS);
    }
}
