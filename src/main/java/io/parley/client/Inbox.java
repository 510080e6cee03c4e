package io.parley.client;

import io.parley.codec.json.MessageJson;
import io.parley.protocol.Event;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Function;

/**
 * Gives arriving messages to the program, each once, and acknowledges those that want it when the program has processed
 * them. As long as there is no handler nothing is acknowledged: messages stay at the node for a client that wants them.
 */
final class Inbox {

    /** Chosen: many times the 256 deliveries that a node has in flight by default, and about 1 MB. */
    private static final int REMEMBERED = 8_192;

    private final Context context;
    private final Seen seen = new Seen(REMEMBERED);
    private Function<Incoming, Future<Void>> handler;

    Inbox(Context context) {
        this.context = context;
    }

    void handler(Function<Incoming, Future<Void>> program) {
        handler = program;
    }

    long repeats() {
        return seen.repeats();
    }

    /** A handler that fails costs the connection: only so does the node send the message again. */
    void deliver(Link link, Event.Delivery delivery) {
        if (handler == null) {
            return;
        }
        String json = delivery.envelope().json();
        Incoming incoming = new Incoming(MessageJson.message(json), delivery.replayed());
        Future<Void> processing = seen.once(incoming, this::process);
        processing.onFailure(cause -> link.cut(LinkFailure.of(LinkFailure.Kind.HANDLER_FAILED, cause)));
        link.acknowledge(delivery.seq(), json.length(), processing);
    }

    /** What was said to everybody or in a room comes once: whether the program managed to take it changes nothing. */
    void hear(Link link, Event.Heard heard) {
        if (handler == null) {
            return;
        }
        String json = heard.envelope().json();
        Incoming incoming = new Incoming(MessageJson.message(json), false);
        Future<Void> processing = seen.once(incoming, this::process).otherwiseEmpty();
        link.acknowledge(0, json.length(), processing);
    }

    /** A future that completes later may do so on a thread of its own; what follows belongs to the client's context. */
    private Future<Void> process(Incoming incoming) {
        Future<Void> result = Future.succeededFuture().compose(start -> handler.apply(incoming));
        if (result.isComplete()) {
            return result;
        }
        Promise<Void> processed = Promise.promise();
        result.onComplete(end -> context.runOnContext(turn -> processed.handle(end)));
        return processed.future();
    }
}
