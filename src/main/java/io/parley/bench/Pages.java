package io.parley.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.List;

/**
 * The metrics pages of the nodes that are measured. To be read once before anything is measured: it says early that a
 * page cannot be reached, and the first reading costs far more than the next, here and at the node.
 */
final class Pages {

    private static final int HTTP_OK = 200;

    private final HttpClient http;
    private final List<URI> addresses;

    /**
     * Lasts until that Vert.x is closed.
     *
     * @param addresses for example {@code http://127.0.0.1:8080/metrics}; may be empty
     */
    Pages(Vertx vertx, List<URI> addresses) {
        this.http = vertx.createHttpClient();
        this.addresses = addresses;
    }

    boolean isEmpty() {
        return addresses.isEmpty();
    }

    /** What all of them say together; zeros where there are none. */
    Future<NodeUsage> read() {
        Future<NodeUsage> sum = Future.succeededFuture(NodeUsage.NONE);
        for (URI page : addresses) {
            sum = sum.compose(so -> read(page).map(so::plus));
        }
        return sum;
    }

    private Future<NodeUsage> read(URI page) {
        return http.request(HttpMethod.GET, page.getPort(), page.getHost(), page.getPath())
                .compose(request -> request.send())
                .compose(answer -> answer.body().map(body -> {
                    if (answer.statusCode() != HTTP_OK) {
                        throw new IllegalStateException("status " + answer.statusCode());
                    }
                    return NodeUsage.parse(body.toString());
                }))
                .recover(cause -> Future.failedFuture(
                        new IllegalStateException("cannot read " + page + ": " + cause.getMessage(), cause)));
    }
}
