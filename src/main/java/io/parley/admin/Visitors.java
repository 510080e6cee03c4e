package io.parley.admin;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The open HTTP connections: bounded in number and in time. A visitor comes with one question, which is answered in a
 * moment; so the oldest is the one that is up to something, and makes room for the next. Belongs to one event loop.
 */
final class Visitors {

    static final int MOST = 128;
    static final Duration LONGEST = Duration.ofSeconds(5);

    private final Vertx vertx;
    /** Oldest first, with the timer that ends the visit. */
    private final Map<HttpConnection, Long> present = new LinkedHashMap<>();

    Visitors(Vertx vertx) {
        this.vertx = vertx;
    }

    void add(HttpConnection visitor) {
        if (present.size() >= MOST) {
            present.keySet().iterator().next().close();
        }
        present.put(visitor, vertx.setTimer(LONGEST.toMillis(), timer -> visitor.close()));
        visitor.closeHandler(gone -> remove(visitor));
    }

    private void remove(HttpConnection visitor) {
        Long timer = present.remove(visitor);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
