package io.parley.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Hands immutable records over within this JVM as they are, without a copy. They are records of immutable parts, so
 * sharing them between event loops is safe.
 */
public final class LocalCodec implements MessageCodec<Object, Object> {

    /** The name to put into {@link io.vertx.core.eventbus.DeliveryOptions#setCodecName}. */
    public static final String NAME = "parley-local";

    /** Makes the codec known to a bus; once a Vert.x instance. */
    public static void registerOn(EventBus bus) {
        bus.registerCodec(new LocalCodec());
    }

    @Override
    public Object transform(Object record) {
        return record;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }

    /** Never called on a bus that is not clustered; what must leave the JVM needs a codec of its own. */
    @Override
    public void encodeToWire(Buffer buffer, Object record) {
        throw new UnsupportedOperationException(
                "stays on this node: " + record.getClass().getSimpleName());
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException("stays on this node");
    }
}
