package io.parley.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.RedisConfig;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;

/** What a test does to a Redis behind the back of the code under test: look, set, freeze. */
public final class RedisAdmin implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final Redis client;
    private final String pid;

    public RedisAdmin(RedisConfig config) {
        client = Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString("redis://" + config.host() + ':' + config.port())
                        .setPassword(config.password()));
        pid = run("INFO", "server")
                .toString()
                .lines()
                .filter(line -> line.startsWith("process_id:"))
                .findFirst()
                .orElseThrow()
                .substring("process_id:".length());
    }

    /** @param words the command's name and its arguments */
    public Response run(String command, Object... words) {
        Request request = Request.cmd(Command.create(command));
        for (Object word : words) {
            request.arg(word.toString());
        }
        try {
            return client.send(request).await(20, SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(command + " is not answered", e);
        }
    }

    /** The number in a string key; 0 when it is absent. */
    public long number(String key) {
        Response value = run("GET", key);
        return value == null ? 0 : value.toLong();
    }

    /** SIGSTOP: connected, and silent. */
    public void freeze() {
        signal("-STOP");
    }

    /** SIGCONT. */
    public void thaw() {
        signal("-CONT");
    }

    @Override
    public void close() {
        client.close().await();
        vertx.close().await();
    }

    private void signal(String name) {
        try {
            assertThat(new ProcessBuilder("kill", name, pid).start().waitFor()).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
