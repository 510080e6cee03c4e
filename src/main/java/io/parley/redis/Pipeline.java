package io.parley.redis;

import io.parley.config.RedisConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.ParserHandler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, from its handshake to its end, and the commands on it that have no answer yet.
 *
 * <p>Replies are positional, so a command that takes too long ends the whole connection: nothing that comes later could
 * be told apart. One timer for the connection looks at the oldest command; a timer for each command would cost more
 * than the command. The same timer asks a silent connection for a sign of life, so that a half-open one is noticed.
 */
final class Pipeline implements ParserHandler {

    private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

    /** Hears once that a pipeline has ended. */
    interface Owner {
        /**
         * @param undos what to run on the next connection, as it is unknown whether what it undoes was run
         */
        void lost(Pipeline pipeline, String reason, List<Request> undos);

        /** Redis answered, but with an outage. */
        void refused(String reason);
    }

    private record Sent(Promise<Response> promise, Request undo, long at) {}

    private final Vertx vertx;
    private final RedisConfig config;
    private final Wire wire;
    private final long timeoutNanos;
    private final long periodNanos;
    private final Owner owner;
    private final Deque<Sent> unanswered = new ArrayDeque<>();
    private final long opened = System.nanoTime();
    private final long timer;
    private long lastHeard = opened;
    private long lastLook = opened;
    private boolean open;
    private boolean ended;

    /** On the event loop that the socket was connected on. */
    Pipeline(Vertx vertx, NetSocket socket, RedisConfig config, Owner owner) {
        this.vertx = vertx;
        this.config = config;
        this.wire = new Wire(vertx.getOrCreateContext(), socket, this);
        this.timeoutNanos = config.commandTimeout().toNanos();
        this.owner = owner;
        long periodMillis = Math.max(10, config.commandTimeout().toMillis() / 8);
        this.periodNanos = periodMillis * 1_000_000;
        this.timer = vertx.setPeriodic(periodMillis, id -> look());
        socket.closeHandler(closed -> end("connection closed"));
    }

    /**
     * Makes the connection fit for use: logged in, scripts loaded, and known to take writes. When Redis refuses any of
     * it, the pipeline ends.
     */
    Future<Pipeline> open(Collection<RedisScript> scripts) {
        List<Future<Response>> replies = new ArrayList<>();
        if (config.password() != null) {
            String user = config.user() == null ? "default" : config.user();
            replies.add(send(Request.cmd(Command.AUTH).arg(user).arg(config.password()), null));
        }
        scripts.forEach(script -> replies.add(send(script.loading(), null)));
        replies.add(probe());
        return Future.all(replies).map(this).onSuccess(ready -> open = true);
    }

    Future<Response> send(Request request, Request undo) {
        if (ended) {
            return Future.failedFuture(Outages.unreachable());
        }
        if (unanswered.size() >= config.maxWaiting()) {
            return Future.failedFuture(Outages.overloaded());
        }
        Sent sent = new Sent(Promise.promise(), undo, System.nanoTime());
        unanswered.add(sent);
        wire.send(request);
        return sent.promise().future();
    }

    /** A write without effect: unlike PING it is refused by a replica, and by a master that takes no writes. */
    Future<Response> probe() {
        return send(Request.cmd(Command.DEL).arg(Keys.PROBE), null);
    }

    /** How long ago the connection was made. */
    long ageNanos() {
        return System.nanoTime() - opened;
    }

    /** Gives the connection up; every command without an answer fails with a refusal. */
    void end(String reason) {
        if (ended) {
            return;
        }
        ended = true;
        vertx.cancelTimer(timer);
        wire.close();
        List<Sent> lost = List.copyOf(unanswered);
        unanswered.clear();
        // The owner first: who tries again from the handler of its failure must not meet this pipeline.
        owner.lost(
                this,
                reason,
                lost.stream().map(Sent::undo).filter(Objects::nonNull).toList());
        lost.forEach(sent -> sent.promise().fail(Outages.unreachable()));
    }

    /** Guarded, as what else has arrived must not suffer from a bug in who waits for this reply. */
    @Override
    public void handle(Response reply) {
        if (ended) {
            return;
        }
        lastHeard = System.nanoTime();
        Sent sent = unanswered.poll();
        if (sent == null) {
            end("an answer without a command");
            return;
        }
        try {
            if (reply instanceof Throwable error) {
                refused(sent, error);
            } else {
                sent.promise().complete(reply);
            }
        } catch (RuntimeException bug) {
            log.error("handling an answer of redis failed", bug);
        }
    }

    /** The connection is broken, or what it brought is no answer. */
    @Override
    public void fail(Throwable failure) {
        end(Outages.reason(failure));
    }

    private void refused(Sent sent, Throwable reply) {
        if (!open || Outages.needsAnotherConnection(reply)) {
            end(reply.getMessage());
            sent.promise().fail(Outages.refusing());
        } else if (Outages.isOutage(reply)) {
            owner.refused(reply.getMessage());
            sent.promise().fail(Outages.refusing());
        } else {
            sent.promise().fail(reply);
        }
    }

    private void look() {
        long now = System.nanoTime();
        // A late look says that this event loop was stuck, not Redis: answers may be there, unread. Look again first.
        boolean late = now - lastLook > 2 * periodNanos;
        lastLook = now;
        Sent oldest = unanswered.peek();
        if (late) {
            return;
        }
        if (oldest != null && now - oldest.at() > timeoutNanos) {
            end("no answer in time");
        } else if (oldest == null && now - lastHeard > timeoutNanos) {
            probe().onFailure(failure -> end(Outages.reason(failure)));
        }
    }
}
