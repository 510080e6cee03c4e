package io.parley.client;

import io.parley.protocol.Message;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Gives arriving messages to the program, each once, and acknowledges those that want it when the program has processed
 * them. As long as there is no handler nothing is acknowledged: messages stay at the node for a client that wants them.
 */
final class Inbox {

    private final Executor context;
    private final Seen seen;
    private Function<Incoming, Future<Void>> handler;

    Inbox(Executor context, int remembered) {
        this.context = context;
        this.seen = new Seen(remembered);
    }

    void handler(Function<Incoming, Future<Void>> program) {
        handler = program;
    }

    long repeats() {
        return seen.repeats();
    }

    /** @param seq  0 for what was said to everybody or in a room */
    void deliver(Link link, long seq, Incoming incoming) {
        if (handler != null) {
            Future<Void> processing = seen.once(incoming, this::process);
            link.acknowledge(seq, characters(incoming.message()), seq == 0 ? over(processing) : sure(link, processing));
        }
    }

    /** It comes once: whether the program managed to take it changes nothing. */
    private static Future<Void> over(Future<Void> processing) {
        return processing.otherwiseEmpty();
    }

    /** A handler that fails costs the connection: only so does the node send the message again. */
    private static Future<Void> sure(Link link, Future<Void> processing) {
        return processing.succeeded()
                ? processing
                : processing.onFailure(cause -> link.cut(LinkFailure.of(LinkFailure.Kind.HANDLER_FAILED, cause)));
    }

    /** What it takes of the memory, about. */
    private static int characters(Message message) {
        return message.content().length()
                + message.fromName().length()
                + message.chatFrom().length()
                + message.clientId().length();
    }

    /** A future that completes later may do so on a thread of its own; what follows belongs to the client's context. */
    private Future<Void> process(Incoming incoming) {
        Future<Void> result = attempt(incoming);
        if (result.succeeded()) {
            // Not the program's own future: what it refers to would be kept as long as the message is remembered.
            return Future.succeededFuture();
        }
        if (result.failed()) {
            return result;
        }
        Promise<Void> processed = Promise.promise();
        result.onComplete(end -> context.execute(() -> processed.handle(end)));
        return processed.future();
    }

    private Future<Void> attempt(Incoming incoming) {
        try {
            return Objects.requireNonNull(handler.apply(incoming), "the handler returned no future");
        } catch (Throwable failure) {
            return Future.failedFuture(failure);
        }
    }
}
