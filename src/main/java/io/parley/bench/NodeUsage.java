package io.parley.bench;

/**
 * What the processes of some nodes have used, all together, as their metrics say.
 *
 * @param cpuSeconds     user and system time since their start
 * @param liveHeapBytes  what the last full garbage collection left; moves with the next one only
 * @param residentBytes  memory of the machine that the processes have, their whole heaps included
 */
record NodeUsage(double cpuSeconds, double liveHeapBytes, double residentBytes) {

    static final NodeUsage NONE = new NodeUsage(0, 0, 0);

    static NodeUsage parse(String page) {
        return new NodeUsage(
                sum(page, "process_cpu_seconds_total"),
                sum(page, "jvm_gc_live_data_size_bytes"),
                sum(page, "process_resident_memory_bytes"));
    }

    /** Of all samples whose line begins so. */
    private static double sum(String page, String beginning) {
        return page.lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    NodeUsage plus(NodeUsage other) {
        return new NodeUsage(
                cpuSeconds + other.cpuSeconds,
                liveHeapBytes + other.liveHeapBytes,
                residentBytes + other.residentBytes);
    }

    double cpuMicrosSince(NodeUsage earlier) {
        return (cpuSeconds - earlier.cpuSeconds) * 1e6;
    }
}
