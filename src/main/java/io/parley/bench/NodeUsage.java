package io.parley.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.List;

/**
 * What the processes of some nodes have used, all together, as their metrics say.
 *
 * @param cpuSeconds     user and system time since their start
 * @param liveHeapBytes  what the last full garbage collection left; moves with the next one only
 * @param residentBytes  memory of the machine that the processes have, their whole heaps included
 */
record NodeUsage(double cpuSeconds, double liveHeapBytes, double residentBytes) {

    private static final int HTTP_OK = 200;

    /** @param metrics addresses of the pages, for example {@code http://127.0.0.1:8080/metrics}; none gives zeros */
    static Future<NodeUsage> read(Vertx vertx, List<URI> metrics) {
        Future<NodeUsage> sum = Future.succeededFuture(new NodeUsage(0, 0, 0));
        for (URI page : metrics) {
            sum = sum.compose(so -> read(vertx, page).map(so::plus));
        }
        return sum;
    }

    private static Future<NodeUsage> read(Vertx vertx, URI page) {
        var http = vertx.createHttpClient();
        return http.request(HttpMethod.GET, page.getPort(), page.getHost(), page.getPath())
                .compose(request -> request.send())
                .compose(answer -> answer.statusCode() == HTTP_OK
                        ? answer.body().map(body -> parse(body.toString()))
                        : Future.failedFuture(new IllegalStateException(page + " answered " + answer.statusCode())))
                .eventually(http::close);
    }

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

    private NodeUsage plus(NodeUsage other) {
        return new NodeUsage(
                cpuSeconds + other.cpuSeconds,
                liveHeapBytes + other.liveHeapBytes,
                residentBytes + other.residentBytes);
    }

    double cpuMicrosSince(NodeUsage earlier) {
        return (cpuSeconds - earlier.cpuSeconds) * 1e6;
    }
}
