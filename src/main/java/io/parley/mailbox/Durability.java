package io.parley.mailbox;

import io.parley.config.RedisConfig;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.parley.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What it takes before an append counts: the master's answer, or that of N replicas too ({@link RedisConfig#replicas}).
 *
 * <p>Replicas are awaited with WAIT, which covers all that was written on its connection before, and blocks all that
 * comes after. So appends have a link of their own then, and one WAIT at a time is under way, for all that were
 * answered before it.
 */
final class Durability {

    private static final Logger log = LoggerFactory.getLogger(Durability.class);

    private final RedisLink link;
    private final boolean own;
    private final int replicas;
    private final Duration patience;
    /** What was written, and is to be covered by the next WAIT. */
    private List<Promise<Void>> next = new ArrayList<>();

    private boolean asking;
    private boolean lacking;

    /** @param shared where appends go too unless replicas are awaited */
    Durability(Vertx vertx, RedisLink shared, RedisConfig config) {
        this.replicas = config.replicas();
        this.own = replicas > 0;
        this.link = own ? RedisLink.open(vertx, config) : shared;
        // Below the command's own time-out, so that slow replicas do not end the connection.
        this.patience = config.commandTimeout().dividedBy(2);
    }

    /** Where appends go. */
    RedisLink link() {
        return link;
    }

    /**
     * Completes when what was written on the link and answered before this call is as durable as configured. Must be
     * called when the answer comes and not later: a WAIT on the next connection would know nothing of it.
     */
    Future<Void> confirmed() {
        if (!own) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        next.add(promise);
        if (!asking) {
            ask();
        }
        return promise.future();
    }

    Future<Void> ready() {
        return link.ready();
    }

    Future<Void> close() {
        return own ? link.close() : Future.succeededFuture();
    }

    private void ask() {
        asking = true;
        List<Promise<Void>> asked = takeNext();
        link.send(Request.cmd(Command.WAIT).arg(replicas).arg(patience.toMillis()))
                .compose(this::enough)
                .onComplete(answer -> {
                    asking = false;
                    asked.forEach(each -> each.handle(answer));
                    if (answer.failed()) {
                        // Perhaps the connection is gone; then no later WAIT covers what was written on it.
                        takeNext().forEach(each -> each.fail(answer.cause()));
                    } else if (!next.isEmpty()) {
                        ask();
                    }
                });
    }

    private Future<Void> enough(Response acknowledged) {
        boolean enough = acknowledged.toInteger() >= replicas;
        if (enough == lacking) {
            lacking = !enough;
            if (lacking) {
                log.warn("redis replicas lacking wanted={} acknowledged={}", replicas, acknowledged);
            } else {
                log.info("redis replicas enough again wanted={}", replicas);
            }
        }
        return enough
                ? Future.succeededFuture()
                : Future.failedFuture(new Refusal(
                        ErrorCode.UNAVAILABLE,
                        "the message could not be copied to enough stores",
                        Duration.ofSeconds(1)));
    }

    private List<Promise<Void>> takeNext() {
        List<Promise<Void>> taken = next;
        next = new ArrayList<>();
        return taken;
    }
}
