package io.parley.bus;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event bus as Parley uses it: records that are handed over within the node, one guard around every consumer, and
 * outages turned into refusals.
 */
public final class Bus {

    private static final Logger log = LoggerFactory.getLogger(Bus.class);
    private static final DeliveryOptions LOCAL =
            new DeliveryOptions().setLocalOnly(true).setCodecName(LocalCodec.NAME);

    /** The failure of a request to an address that nobody consumes. */
    public static final Refusal NOBODY_THERE =
            new Refusal(ErrorCode.UNAVAILABLE, "nobody is there", Duration.ofSeconds(1));

    private final EventBus bus;

    /** {@link LocalCodec#registerOn} must have been called for this Vert.x instance. */
    public Bus(Vertx vertx) {
        this.bus = vertx.eventBus();
    }

    /** Hands a record over to the one consumer of an address; to nobody when there is none. */
    public void send(String address, Object record) {
        bus.send(address, record, LOCAL);
    }

    /**
     * Asks the one consumer of an address.
     *
     * @return the answer; fails with the {@link Refusal} that was answered, with {@code unavailable} when nobody
     *         answers in time, with {@code internal} when the consumer broke
     */
    public <T> Future<T> request(String address, Object record, Duration timeout) {
        DeliveryOptions options = new DeliveryOptions(LOCAL).setSendTimeout(timeout.toMillis());
        return bus.<Object>request(address, record, options)
                .recover(failure -> Future.failedFuture(refusal(failure)))
                .compose(Bus::answer);
    }

    @SuppressWarnings("unchecked")
    private static <T> Future<T> answer(Message<Object> reply) {
        return reply.body() instanceof Refusal refusal
                ? Future.failedFuture(refusal)
                : Future.succeededFuture((T) reply.body());
    }

    private static Refusal refusal(Throwable failure) {
        ReplyFailure type = failure instanceof ReplyException reply ? reply.failureType() : ReplyFailure.ERROR;
        return switch (type) {
            case NO_HANDLERS -> NOBODY_THERE;
            case TIMEOUT -> new Refusal(ErrorCode.UNAVAILABLE, "no answer in time", Duration.ofSeconds(1));
            case RECIPIENT_FAILURE, ERROR -> new Refusal(ErrorCode.INTERNAL, "the node could not answer");
        };
    }

    /**
     * Consumes what is sent to a node-local address. A handler that throws is logged here, once, and the asker gets an
     * answer: Vert.x would let it wait for its whole time-out.
     */
    public MessageConsumer<Object> consume(String address, Consumer<Message<Object>> handler) {
        return bus.localConsumer(address, guarded(address, handler));
    }

    static Handler<Message<Object>> guarded(String address, Consumer<Message<Object>> handler) {
        return message -> {
            try {
                handler.accept(message);
            } catch (RuntimeException bug) {
                log.error(
                        "message not handled address={} type={}",
                        address,
                        message.body().getClass(),
                        bug);
                if (message.replyAddress() != null) {
                    message.fail(0, "internal");
                }
            }
        };
    }

    /** Answers a request with a record or a {@link Refusal}. */
    public static void reply(Message<Object> request, Object record) {
        request.reply(record, LOCAL);
    }
}
