package io.parley.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Where a run stands at one moment; two of them make a measurement.
 *
 * @param nanos    when
 * @param nodes    what the nodes have used until then
 * @param loadCpu  what this process has used; zero where the system does not tell
 * @param count    how many messages have arrived
 */
record Reading(long nanos, NodeUsage nodes, Duration loadCpu, long count) {

    static Future<Reading> take(Vertx vertx, Load load, LongSupplier count) {
        return NodeUsage.read(vertx, load.metrics())
                .map(nodes -> new Reading(System.nanoTime(), nodes, ownCpu(), count.getAsLong()));
    }

    double secondsSince(Reading earlier) {
        return (nanos - earlier.nanos) / 1e9;
    }

    long countSince(Reading earlier) {
        return count - earlier.count;
    }

    double nodeCpuMicrosEach(Reading earlier) {
        return nodes.cpuMicrosSince(earlier.nodes) / Math.max(1, countSince(earlier));
    }

    double loadCpuMicrosEach(Reading earlier) {
        return loadCpu.minus(earlier.loadCpu).toNanos() / 1e3 / Math.max(1, countSince(earlier));
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
