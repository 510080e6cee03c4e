package io.parley.bench;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Where a run stands at one moment; two of them make a measurement.
 *
 * @param nanos         when
 * @param nodes         what the nodes have used until then
 * @param loadCpu       what this process has used; zero where the system does not tell
 * @param loadGcMillis  how long this process has stood still to collect garbage
 * @param count         how many messages have arrived
 */
record Reading(long nanos, NodeUsage nodes, Duration loadCpu, long loadGcMillis, long count) {

    static Reading now(NodeUsage nodes, long count) {
        return new Reading(System.nanoTime(), nodes, ownCpu(), ownGcMillis(), count);
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

    long loadGcMillisSince(Reading earlier) {
        return loadGcMillis - earlier.loadGcMillis;
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static long ownGcMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
