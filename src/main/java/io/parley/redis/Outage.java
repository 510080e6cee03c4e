package io.parley.redis;

import io.parley.config.RedisConfig;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;

/**
 * An outage of one Redis as all links of a node see it together: every event loop has links of its own, but a person
 * needs to read once that Redis is gone and once that it is back. Begins with the first link that loses it, ends with
 * the last that has it again.
 *
 * <p>Shared by event loops, so it is locked; only when a link is lost or found.
 */
final class Outage implements Shareable {

    private int linksDown;
    private long since;

    /** The one that all links of this Vert.x instance to this server share. */
    static Outage of(Vertx vertx, RedisConfig config) {
        return vertx.sharedData()
                .<String, Outage>getLocalMap("parley.redis.outages")
                .computeIfAbsent(config.host() + ' ' + config.port(), server -> new Outage());
    }

    /** A link has lost its connection. Returns whether it is the first, so that it must be said. */
    synchronized boolean begins() {
        if (linksDown == 0) {
            since = System.nanoTime();
        }
        return linksDown++ == 0;
    }

    /** A link is connected again, or given up. Returns whether it was the last one that was not. */
    synchronized boolean ends() {
        return --linksDown == 0;
    }

    synchronized long millis() {
        return (System.nanoTime() - since) / 1_000_000;
    }
}
