package io.parley.benchmark;

import io.parley.codec.Decoder;
import io.parley.codec.Encoder;
import io.parley.codec.json.JsonCodec;
import io.parley.codec.json.MessageJson;
import io.parley.protocol.Audience;
import io.parley.protocol.Command;
import io.parley.protocol.Envelope;
import io.parley.protocol.Event;
import io.parley.protocol.Message;
import io.parley.protocol.Receipt;
import io.vertx.core.buffer.Buffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** What the codec costs a node for each message: {@link #message} is all of it, the others are its parts. */
public class NodeFrames extends Nanoseconds {

    private final LastCommand heard = new LastCommand();
    private final JsonCodec codec = new JsonCodec(HotFrames.MAX_FRAME_BYTES);
    private Decoder decoder;
    private Encoder encoder;

    @Setup
    public void connect() {
        decoder = codec.decoder(heard);
        encoder = codec.encoder(decoder);
    }

    @Benchmark
    public Command singleIn(HotFrames frames) {
        decoder.feed(frames.singleFrame);
        return heard.last;
    }

    @Benchmark
    public Envelope envelope(HotFrames frames) {
        return MessageJson.envelope(frames.message);
    }

    /** Each time another event: the same one is written once. */
    @Benchmark
    public Buffer deliveryOut(HotFrames frames) {
        Event.Delivery of = frames.delivery;
        return encoder.encode(new Event.Delivery(of.seq(), of.replayed(), of.envelope()));
    }

    @Benchmark
    public Command ackIn(HotFrames frames) {
        decoder.feed(frames.ackFrame);
        return heard.last;
    }

    @Benchmark
    public Buffer receiptOut(HotFrames frames) {
        return encoder.encode(new Event.Receipted(frames.receipt.receipt()));
    }

    @Benchmark
    public void message(HotFrames frames, Blackhole out) {
        decoder.feed(frames.singleFrame);
        Command.Single single = (Command.Single) heard.last;
        Message of = frames.message;
        Envelope envelope = MessageJson.envelope(new Message(
                of.id(), single.clientId(), of.chatFrom(), of.fromName(), single.content(), of.sentAt(), Audience.ONE));
        out.consume(encoder.encode(new Event.Delivery(4711, false, envelope)));
        decoder.feed(frames.ackFrame);
        out.consume(heard.last);
        out.consume(encoder.encode(new Event.Receipted(Receipt.delivered(single.clientId(), envelope.id()))));
    }
}
