package io.parley.admin;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the node should be given clients: when every {@link Check} is well. All are asked at once, each for at most
 * {@link #LIMIT}, at most once a second however many ask here. Belongs to one event loop.
 */
final class Readiness {

    /** Less than a probe usually waits, so that the answer says which check it was. */
    static final Duration LIMIT = Duration.ofMillis(800);

    private static final Logger log = LoggerFactory.getLogger(Readiness.class);

    private final Context context;
    private final List<Check> checks;
    private final Shared<Report> reports = new Shared<>(this::look, System::nanoTime);
    /** Read by whoever collects the metrics. */
    private volatile Report last = new Report(Map.of());

    /** @param context its event loop's; answers come there, wherever the checks get theirs */
    Readiness(Context context, List<Check> checks) {
        this.context = context;
        this.checks = checks;
    }

    /** Never fails. */
    Future<Report> ask() {
        return reports.ask();
    }

    /** Whether the check was well when it was last asked; from any thread. */
    boolean wasUp(String check) {
        return last.isUp(check);
    }

    private Future<Report> look() {
        Map<String, Future<Boolean>> asked = new LinkedHashMap<>();
        checks.forEach(check -> asked.put(check.name(), ask(check)));
        Promise<Report> answer = Promise.promise();
        Future.join(List.copyOf(asked.values()))
                .onComplete(all -> context.runOnContext(here -> {
                    Map<String, Boolean> found = new LinkedHashMap<>();
                    asked.forEach((name, well) -> found.put(name, well.result()));
                    answer.complete(noted(new Report(found)));
                }));
        return answer.future();
    }

    private static Future<Boolean> ask(Check check) {
        try {
            return check.ask()
                    .get()
                    .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .map(true)
                    .otherwise(false);
        } catch (RuntimeException bug) {
            log.error("check not made check={}", check.name(), bug);
            return Future.succeededFuture(false);
        }
    }

    /** One line a change. Only info: what is wrong with a store is said, with its reason, where it was met. */
    private Report noted(Report report) {
        if (!report.down().equals(last.down())) {
            log.info("readiness changed ready={} down={}", report.isUp(), report.down());
        }
        last = report;
        return report;
    }
}
