package io.parley.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.parley.config.HttpConfig;
import io.parley.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers over HTTP whether the node lives, whether it should be given clients, and with its metrics (metrics.md). It
 * starts before everything else, so that a node that waits for its stores is seen to live. One instance.
 *
 * <p>Whoever can reach the port may ask: the answers hold numbers and names of the node's own parts, nothing of its
 * accounts. A connection is for one question, and closed after it.
 */
public final class AdminVerticle extends VerticleBase {

    /** Fixed: probes, Prometheus and the manifests name them. */
    public static final String LIVE = "/health/live";

    public static final String READY = "/health/ready";
    public static final String METRICS = "/metrics";

    private static final Logger log = LoggerFactory.getLogger(AdminVerticle.class);

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final int MAX_LINE_BYTES = 1024;

    private final HttpConfig config;
    private final List<Check> checks;
    private final Metrics metrics;
    private EventLoops loops;
    private Readiness readiness;
    private Shared<String> scrapes;
    private HttpServer server;

    /** @param checks what readiness takes */
    public AdminVerticle(HttpConfig config, List<Check> checks, Metrics metrics) {
        this.config = config;
        this.checks = List.copyOf(checks);
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        metrics.watchJvm();
        loops = EventLoops.watch(vertx, metrics);
        readiness = new Readiness(context, checks);
        checks.forEach(check -> metrics.check(check.name(), () -> readiness.wasUp(check.name())));
        scrapes = new Shared<>(this::scrape, System::nanoTime);
        Visitors visitors = new Visitors(vertx);
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(config.host())
                        .setPort(config.port())
                        .setMaxHeaderSize(MAX_HEADER_BYTES)
                        .setMaxInitialLineLength(MAX_LINE_BYTES)
                        .setHttp2ClearTextEnabled(false))
                .connectionHandler(visitors::add)
                .exceptionHandler(broken -> log.debug("http connection failed error={}", broken.toString()))
                .requestHandler(this::answer);
        return server.listen()
                .onSuccess(open -> log.info("http opened host={} port={}", config.host(), open.actualPort()))
                .recover(failure -> {
                    stopWatching();
                    return Future.failedFuture(new IllegalStateException(
                            "http cannot listen on " + config.host() + ":" + config.port() + ": "
                                    + failure.getMessage(),
                            failure));
                });
    }

    /** The port that it got; defined once the verticle is deployed. */
    public int port() {
        return server.actualPort();
    }

    /** Vert.x closes the server, which was opened on this verticle's context. */
    @Override
    public Future<?> stop() {
        stopWatching();
        return Future.succeededFuture();
    }

    private void stopWatching() {
        loops.stop();
        metrics.close();
    }

    private void answer(HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case LIVE -> ifRead(request, () -> report(request, loops.report()));
            case READY -> ifRead(request, () -> readiness.ask().onSuccess(report -> report(request, report)));
            case METRICS ->
                ifRead(request, () -> scrapes.ask()
                        .onSuccess(text -> end(request, 200, Metrics.CONTENT_TYPE, text))
                        .onFailure(bug -> {
                            log.error("metrics not written", bug);
                            end(request, 500, TEXT, "the log says more\n");
                        }));
            default -> end(request, 404, TEXT, LIVE + ", " + READY + ", " + METRICS + "\n");
        }
    }

    private static void ifRead(HttpServerRequest request, Runnable answer) {
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            answer.run();
        } else {
            request.response().putHeader(HttpHeaderNames.ALLOW, "GET, HEAD");
            // Before its body is read a close would be a reset, which may take the answer with it.
            request.end().onComplete(read -> end(request, 405, TEXT, "GET or HEAD\n"));
        }
    }

    private static void report(HttpServerRequest request, Report report) {
        end(request, report.isUp() ? 200 : 503, JSON, report.json().encode() + "\n");
    }

    /** The gauges of the checks are as fresh as the rest. Off the event loop: many numbers, and the JVM's own beans. */
    private Future<String> scrape() {
        return readiness.ask().compose(fresh -> vertx.executeBlocking(metrics::scrape));
    }

    private static void end(HttpServerRequest request, int status, String type, String body) {
        HttpServerResponse response = request.response();
        response.setStatusCode(status)
                .putHeader(HttpHeaderNames.CONTENT_TYPE, type)
                .putHeader(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaderNames.CONNECTION, "close")
                .end(body)
                .onFailure(gone -> log.debug("http answer not written error={}", gone.toString()))
                .onComplete(ended -> request.connection().close());
    }
}
