package io.parley.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what is still on its way. */
final class Settling {

    private static final int TICK_MILLIS = 10;

    private Settling() {}

    /** Completes when it is so, or when so many milliseconds have gone: what has not come by then counts as lost. */
    static Future<Void> until(Vertx vertx, int millis, BooleanSupplier settled) {
        if (settled.getAsBoolean() || millis <= 0) {
            return Future.succeededFuture();
        }
        return vertx.timer(TICK_MILLIS, TimeUnit.MILLISECONDS)
                .compose(later -> until(vertx, millis - TICK_MILLIS, settled));
    }
}
