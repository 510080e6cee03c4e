package io.parley.admin;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * One thing that must be well before a node is given clients.
 *
 * @param name  as it stands in the answer and in the metric
 * @param ask   asked on the event loop of the {@link AdminVerticle}, so it must not wait; success is well, failure is
 *              not, and so is no answer within {@link Readiness#LIMIT}
 */
public record Check(String name, Supplier<Future<?>> ask) {

    /** For what is known without asking anybody. */
    public static Check of(String name, Supplier<Boolean> well) {
        return new Check(
                name, () -> well.get() ? Future.succeededFuture() : Future.failedFuture(name + " is not well"));
    }
}
