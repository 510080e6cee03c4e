package io.parley.redis;

import io.parley.config.RedisConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One long-lived connection to Redis for one event loop: pipelined, bounded, and mending itself.
 *
 * <p>Commands reach Redis in the order in which they were sent. While there is no connection they fail at once; a
 * command that has no answer within {@link RedisConfig#commandTimeout} ends the connection, and with it all that wait
 * on it. All of these fail with {@code unavailable}, and so does what Redis refuses for a reason that will pass ({@link
 * Outages}); whether a command that failed so was run is unknown. Any other failure is an error reply, a bug of ours.
 *
 * <p>The link tries for ever to connect, with a jittered back-off; together the links of a node say once that Redis is
 * gone and once that it is back ({@link Outage}). A link belongs to the event loop on which it was opened: its state is
 * touched there only. Calls from other threads are carried over, which keeps their order.
 */
public final class RedisLink {

    private static final Logger log = LoggerFactory.getLogger(RedisLink.class);

    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
    private static final Duration QUIET_AFTER_REFUSAL = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final Context context;
    private final RedisConfig config;
    private final NetClient client;
    private final Outage outage;
    private final Backoff backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY, ThreadLocalRandom.current());
    private final Set<RedisScript> scripts = new LinkedHashSet<>();
    private final Deque<Request> undos = new ArrayDeque<>();
    private final Promise<Void> ready = Promise.promise();
    /**
     * The event loop's thread. Unsafely published on purpose: a thread that reads anything but itself here carries
     * over.
     */
    private Thread loop;

    /** Null while there is no connection. */
    private Pipeline pipeline;

    private boolean closed;
    private boolean down;
    private long quietUntil = System.nanoTime();

    private RedisLink(Vertx vertx, RedisConfig config) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.config = config;
        this.client = Endpoint.client(vertx, config);
        this.outage = Outage.of(vertx, config);
        if (!context.isEventLoopContext()) {
            throw new IllegalStateException("a Redis link needs an event loop");
        }
    }

    /** Starts to connect; {@link #ready} says when that has succeeded. */
    public static RedisLink open(Vertx vertx, RedisConfig config) {
        RedisLink link = new RedisLink(vertx, config);
        link.context.runOnContext(start -> {
            link.loop = Thread.currentThread();
            link.connect();
        });
        return link;
    }

    /** Completes when Redis has answered for the first time; fails only when the link is closed before. */
    public Future<Void> ready() {
        return ready.future();
    }

    /** Has a script loaded on this and every later connection. */
    public void prepare(RedisScript script) {
        here(() -> {
                    scripts.add(script);
                    return pipeline == null ? Future.succeededFuture() : pipeline.send(script.loading(), null);
                })
                .onFailure(failure -> log.debug("script not loaded ahead reason={}", Outages.reason(failure)));
    }

    public Future<Response> send(Request request) {
        return send(request, null);
    }

    /**
     * Sends a command that must not be left half done: when its connection ends without an answer, {@code undo} is sent
     * on the next one, before anything else, and again on the one after it until it was answered.
     *
     * @param undo null for nothing
     */
    public Future<Response> send(Request request, Request undo) {
        return here(() -> pipeline == null ? Future.failedFuture(Outages.unreachable()) : pipeline.send(request, undo));
    }

    /** Waits for the answers that are under way, then closes the connection for good. */
    public Future<Void> close() {
        return here(() -> {
            closed = true;
            ready.tryFail(Outages.unreachable());
            if (down) {
                down = false;
                outage.ends();
            }
            if (pipeline == null) {
                return client.close();
            }
            Pipeline last = pipeline;
            Future<Response> answered = last.probe();
            pipeline = null;
            return answered.transform(probed -> {
                last.end("closed by this node");
                return client.close();
            });
        });
    }

    private void connect() {
        if (closed) {
            return;
        }
        client.connect(config.port(), config.host())
                .onSuccess(this::open)
                .onFailure(failure -> retry(Outages.reason(failure)));
    }

    private void open(NetSocket socket) {
        new Pipeline(vertx, socket, config, new Events())
                .open(List.copyOf(scripts))
                .onSuccess(this::connected)
                .onFailure(failure -> log.debug("redis handshake failed reason={}", Outages.reason(failure)));
    }

    private void connected(Pipeline fresh) {
        if (closed) {
            fresh.end("closed by this node");
            return;
        }
        pipeline = fresh;
        if (down) {
            down = false;
            if (outage.ends()) {
                log.info(
                        "redis answers again host={} port={} after_ms={}",
                        config.host(),
                        config.port(),
                        outage.millis());
            }
        }
        List<Request> left = new ArrayList<>(undos);
        undos.clear();
        left.forEach(undo -> pipeline.send(undo, undo)
                .onFailure(failure -> log.debug("undo failed reason={}", Outages.reason(failure))));
        ready.tryComplete();
    }

    private void retry(String reason) {
        if (closed) {
            return;
        }
        if (!down) {
            down = true;
            if (outage.begins()) {
                log.warn("redis does not answer host={} port={} reason={}", config.host(), config.port(), reason);
            }
        }
        vertx.setTimer(backoff.next().toMillis(), id -> connect());
    }

    private <T> Future<T> here(Supplier<Future<T>> action) {
        if (Thread.currentThread() == loop) {
            return action.get();
        }
        Promise<T> promise = Promise.promise();
        context.runOnContext(carried -> action.get().onComplete(promise));
        return promise.future();
    }

    private final class Events implements Pipeline.Owner {

        @Override
        public void lost(Pipeline lost, String reason, List<Request> left) {
            if (closed) {
                return;
            }
            pipeline = null;
            // A connection that broke soon after it was made does not count as a success, or the tries would never slow
            // down.
            if (lost.ageNanos() > LONGEST_RETRY.toNanos()) {
                backoff.reset();
            }
            left.stream().limit(config.maxWaiting() - undos.size()).forEach(undos::add);
            retry(reason);
        }

        /** At most once a minute: with a full Redis every message is refused. */
        @Override
        public void refused(String reason) {
            long now = System.nanoTime();
            if (now - quietUntil >= 0) {
                quietUntil = now + QUIET_AFTER_REFUSAL.toNanos();
                log.warn("redis refuses host={} port={} reason={}", config.host(), config.port(), reason);
            }
        }
    }
}
