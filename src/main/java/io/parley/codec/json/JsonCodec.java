package io.parley.codec.json;

import io.parley.codec.Codec;
import io.parley.codec.Decoder;
import io.parley.codec.Encoder;
import io.parley.codec.LastEvent;
import io.parley.protocol.Event;
import io.vertx.core.buffer.Buffer;

/** The native protocol, seen from a node: frames with JSON, versions 0 and 1. */
public final class JsonCodec implements Codec {

    private static final Event.Handler<Buffer> VERSION_0 = new JsonEventsOfVersion0();
    private static final Event.Handler<Buffer> VERSION_1 = new JsonEvents();

    private final LastEvent<Buffer> lastOfVersion0 = new LastEvent<>();
    private final LastEvent<Buffer> lastOfVersion1 = new LastEvent<>();
    private final int maxFrameBytes;

    /** @param maxFrameBytes  largest frame accepted, header included */
    public JsonCodec(int maxFrameBytes) {
        this.maxFrameBytes = maxFrameBytes;
    }

    @Override
    public Decoder decoder(Decoder.Sink sink) {
        return new JsonDecoder(maxFrameBytes, sink);
    }

    @Override
    public Encoder encoder(Decoder decoder) {
        return event -> decoder.version() == 0
                ? lastOfVersion0.written(event, each -> each.to(VERSION_0))
                : lastOfVersion1.written(event, each -> each.to(VERSION_1));
    }
}
