package io.parley.bus;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event bus to gateways and couriers, on this node or any other one (DESIGN section 8). Within the node a record is
 * handed over as it is; to another node it goes as bytes ({@link WireForm}).
 *
 * <p>The bus promises nothing (VERTX.md section 1): what was sent may be lost, and to a node that hangs it waits in
 * memory. Whoever sends keeps a bound, and does not wait for ever. Belongs to the context that it is used on.
 */
public final class ClusterBus {

    private static final Logger log = LoggerFactory.getLogger(ClusterBus.class);

    private final Bus local;
    private final EventBus bus;
    private final Addresses addresses;
    private final Members members;
    /** What other nodes were asked and have not answered, by node. */
    private final Map<String, Set<Promise<?>>> asked = new HashMap<>();

    public ClusterBus(Vertx vertx, Addresses addresses, Members members) {
        this.local = new Bus(vertx);
        this.bus = vertx.eventBus();
        this.addresses = addresses;
        this.members = members;
    }

    /**
     * Sends to the consumer of an address.
     *
     * @return completes when it is handed over or written; fails with {@code unavailable} when it surely was not. What
     *         was written may be lost all the same
     */
    public Future<Void> send(String address, Crossing record) {
        if (addresses.isHere(address)) {
            local.send(address, record);
            return Future.succeededFuture();
        }
        if (!members.reach(address)) {
            return Future.failedFuture(Bus.NOBODY_THERE);
        }
        return bus.<Buffer>sender(address)
                .write(WireForm.encode(record))
                .recover(failure -> Future.failedFuture(refusal(failure)));
    }

    /**
     * Asks the consumer of an address.
     *
     * @return the answer; fails with {@link Bus#NOBODY_THERE} when its node has left or leaves, with
     *         {@code unavailable} when no answer came in time
     */
    @SuppressWarnings("unchecked")
    public <T extends Crossing> Future<T> request(String address, Crossing record, Duration timeout) {
        if (addresses.isHere(address)) {
            return local.request(address, record, timeout);
        }
        if (!members.reach(address)) {
            return Future.failedFuture(Bus.NOBODY_THERE);
        }
        Promise<T> answer = Promise.promise();
        String node = Addresses.nodeOf(address);
        asked.computeIfAbsent(node, first -> new HashSet<>()).add(answer);
        bus.<Buffer>request(address, WireForm.encode(record), new DeliveryOptions().setSendTimeout(timeout.toMillis()))
                .map(reply -> (T) WireForm.decode(reply.body()))
                .recover(failure -> Future.failedFuture(refusal(failure)))
                .onComplete(result -> {
                    asked.computeIfPresent(node, (same, open) -> open.remove(answer) && open.isEmpty() ? null : open);
                    // Without effect when the node has left meanwhile.
                    if (result.succeeded()) {
                        answer.tryComplete(result.result());
                    } else {
                        answer.tryFail(result.cause());
                    }
                });
        return answer.future();
    }

    /** Fails what this node was asked: it has left the cluster, and the bus would let everybody wait in vain. */
    public void left(String node) {
        Set<Promise<?>> open = asked.remove(node);
        if (open != null) {
            open.forEach(answer -> answer.tryFail(Bus.NOBODY_THERE));
        }
    }

    /** Nobody is registered there, for the registry knows nothing of an address whose node is still in the cluster. */
    private static Refusal refusal(Throwable failure) {
        if (failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS) {
            return new Refusal(ErrorCode.UNAVAILABLE, "the cluster does not know the address", Duration.ofSeconds(1));
        }
        return new Refusal(ErrorCode.UNAVAILABLE, "the other node does not answer", Duration.ofSeconds(1));
    }

    /**
     * Consumes what anybody in the cluster sends to an address of this node. Answers {@link Crossing.Ping} and follows
     * {@link Renew} by itself.
     *
     * @return completes when the whole cluster knows the address
     */
    public Future<Void> consume(String address, Consumer<Received> handler) {
        return new Registration(address, handler).register();
    }

    /** One address of this node in the cluster's registry. Belongs to the context on which it was made. */
    private final class Registration {

        private final String address;
        private final Consumer<Received> handler;
        private MessageConsumer<Object> consumer;
        private boolean complained;
        private boolean renewing;

        Registration(String address, Consumer<Received> handler) {
            this.address = address;
            this.handler = handler;
        }

        Future<Void> register() {
            consumer = bus.consumer(address, Bus.guarded(address, this::read));
            return consumer.completion();
        }

        private void read(Message<Object> message) {
            Received received;
            try {
                received = Received.of(message);
            } catch (Unreadable foreign) {
                if (!complained) {
                    complained = true;
                    log.warn(
                            "another node's message is not readable, more may follow address={} reason={}",
                            address,
                            foreign.getMessage());
                }
                return;
            }
            handle(received);
        }

        private void handle(Received received) {
            if (received.record() instanceof Crossing.Ping) {
                received.reply(new Crossing.Pong());
            } else if (received.record() instanceof Renew) {
                renew();
            } else {
                handler.accept(received);
            }
        }

        /**
         * The old registration goes last: the registry may take long, and the node itself must be heard meanwhile. What
         * is on its way to the old one at that moment is lost, as anything on the bus may be.
         */
        private void renew() {
            if (renewing) {
                return;
            }
            renewing = true;
            MessageConsumer<Object> old = consumer;
            register()
                    .onFailure(failure ->
                            log.warn("address not renewed address={} reason={}", address, failure.getMessage()))
                    .eventually(old::unregister)
                    .onComplete(renewed -> renewing = false);
        }
    }
}
