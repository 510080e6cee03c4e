package io.parley;

import io.parley.config.NodeConfig;
import io.parley.redis.RedisLink;
import io.parley.schema.Migrations;
import io.parley.schema.SchemaFault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stores of a node that starts: waited for as long as it takes, and brought to our schema. */
final class Stores {

    private static final Logger log = LoggerFactory.getLogger(Stores.class);

    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final NodeConfig config;

    Stores(Vertx vertx, NodeConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /** Completes when both answer; fails only when the schema is not ours. */
    Future<Void> ready() {
        return awaitRedis().compose(redisAnswers -> migrate(FIRST_RETRY, false));
    }

    private Future<Void> awaitRedis() {
        Promise<Void> ready = Promise.promise();
        vertx.runOnContext(onLoop -> {
            RedisLink link = RedisLink.open(vertx, config.redis());
            link.ready().eventually(link::close).onComplete(ready);
        });
        return ready.future();
    }

    /** Tries until MySQL answers, and says so once: another node, or the database itself, may still be starting. */
    private Future<Void> migrate(Duration retry, boolean said) {
        boolean ownAccounts = config.auth().accountQuery() == null;
        return Migrations.of(vertx, config.mysql(), ownAccounts)
                .apply()
                .<Void>map(applied -> {
                    log.info("schema ready applied={}", applied);
                    return null;
                })
                .recover(failure -> {
                    if (failure instanceof SchemaFault) {
                        return Future.failedFuture(failure);
                    }
                    if (!said) {
                        log.warn("mysql does not answer config={} reason={}", config.mysql(), failure.getMessage());
                    }
                    Duration doubled = retry.multipliedBy(2);
                    return vertx.timer(retry.toMillis(), TimeUnit.MILLISECONDS)
                            .compose(late -> migrate(doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY, true));
                });
    }
}
